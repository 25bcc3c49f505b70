//! Names of columns in many languages fill the fields of a record.

use crate::program::TestFolder;

/// The header of a table with the cells of a row, and the record as JSON.
const TABLES: &[(&str, &str, &str)] = &[
    (
        "請求番号,件名,作成部局,作成年月日（西暦）,内容",
        "平28-1,水車に関する件,町役場,1945-07-12,収穫について",
        r#"{"date":"1945-07-12","title":"水車に関する件","creator":"町役場","reference_code":"平28-1","summary":"収穫について"}"#,
    ),
    (
        "資料番号,資料名,差出人,宛名,年,月,日",
        "41-7,書簡,田中,山本,1945,7,12",
        r#"{"id":"41-7","date":"1945-07-12","title":"書簡","creator":"田中","recipient":"山本"}"#,
    ),
    (
        "Ｔｉｔｌｅ,ﾀｲﾄﾙ ﾖﾐ,Ｄａｔｅ,所蔵 機関",
        "Letter,x,1945,町文書館",
        r#"{"date":"1945","title":"Letter","repository":"町文書館","ﾀｲﾄﾙ ﾖﾐ":"x"}"#,
    ),
    (
        "序号,档号,责任者,题名,日期,页数",
        "1,Z109-1,县委,关于磨坊的通知,19450712,3",
        r#"{"id":"1","date":"19450712","title":"关于磨坊的通知","creator":"县委","reference_code":"Z109-1","页数":"3"}"#,
    ),
    (
        "檔號,題名,產生者,起始日期,結束日期,典藏機構",
        "A1,信函,張三,1945-07-12,1945-07-14,檔案館",
        r#"{"date":"1945-07-12/1945-07-14","title":"信函","creator":"張三","reference_code":"A1","repository":"檔案館"}"#,
    ),
    (
        "관리번호,기록물명,생산기관,생산년도,내용",
        "BA01,방앗간 편지,읍사무소,1945,수확",
        r#"{"date":"1945","title":"방앗간 편지","creator":"읍사무소","reference_code":"BA01","summary":"수확"}"#,
    ),
    (
        "Código de referência,Título,Data(s) de produção,Produtor,Âmbito e conteúdo",
        "PT/1,Carta,1945-07-12,Ana Lopes,Sobre a colheita",
        r#"{"date":"1945-07-12","title":"Carta","creator":"Ana Lopes","reference_code":"PT/1","summary":"Sobre a colheita"}"#,
    ),
    (
        "Signatura,Název,Datace,Původce,Karton",
        "A 1,Dopis,1945,Novák,4",
        r#"{"date":"1945","title":"Dopis","creator":"Novák","box":"Karton 4","reference_code":"A 1"}"#,
    ),
    (
        "Signum,Avsändare,Mottagare,Brevdatum,Ort",
        "A1,Anna Lind,Jonas Berg,1945-07-12,Lund",
        r#"{"date":"1945-07-12","creator":"Anna Lind","recipient":"Jonas Berg","places":"Lund","reference_code":"A1"}"#,
    ),
    (
        "Afsender,Modtager,Dato,Sted,Resumé,Læg",
        "Anna Lind,Jonas Berg,1945-07-12,Ribe,Om høsten,3",
        r#"{"date":"1945-07-12","creator":"Anna Lind","recipient":"Jonas Berg","places":"Ribe","folder":"3","summary":"Om høsten"}"#,
    ),
    (
        "Avsender,Mottaker,Brevdato,Eske",
        "Anna Lind,Jonas Berg,1945-07-12,3",
        r#"{"date":"1945-07-12","creator":"Anna Lind","recipient":"Jonas Berg","box":"Eske 3"}"#,
    ),
    (
        "Nimeke,Lähettäjä,Vastaanottaja,Päiväys,Asiasanat",
        "Kirje,Aino Salo,Jonas Berg,1945-07-12,mylly",
        r#"{"date":"1945-07-12","title":"Kirje","creator":"Aino Salo","recipient":"Jonas Berg","subjects":"mylly"}"#,
    ),
    (
        "Jelzet,Cím,Évkör,Iratképző",
        "A 1,Levél,1902-1945,Nagy Anna",
        r#"{"date":"1902-1945","title":"Levél","creator":"Nagy Anna","reference_code":"A 1"}"#,
    ),
    (
        "Yer Numarası,Başlık,Tarih,Gönderen,Alıcı,Özet",
        "HR 1,Mektup,1945-07-12,Ali Kaya,Can Ak,hasat",
        r#"{"date":"1945-07-12","title":"Mektup","creator":"Ali Kaya","recipient":"Can Ak","reference_code":"HR 1","summary":"hasat"}"#,
    ),
    (
        "Шифр,Назва справи,Крайні дати,Фондоутворювач",
        "ф.1 оп.2,Листи,1902-1945,Коваль",
        r#"{"date":"1902-1945","title":"Листи","creator":"Коваль","reference_code":"ф.1 оп.2"}"#,
    ),
    (
        "Τίτλος,Χρονολογία,Δημιουργός,Παραλήπτης",
        "Επιστολή,1945-07-12,Άννα,Γιάννης",
        r#"{"date":"1945-07-12","title":"Επιστολή","creator":"Άννα","recipient":"Γιάννης"}"#,
    ),
    (
        "الرمز المرجعي,العنوان,التاريخ,المرسل,المرسل إليه",
        "1/1,رسالة,1945-07-12,سامي,ليلى",
        r#"{"date":"1945-07-12","title":"رسالة","creator":"سامي","recipient":"ليلى","reference_code":"1/1"}"#,
    ),
    (
        "סימול,כותרת,תאריך,שולח,נמען",
        "1/1,מכתב,1945-07-12,דן,רות",
        r#"{"date":"1945-07-12","title":"מכתב","creator":"דן","recipient":"רות","reference_code":"1/1"}"#,
    ),
];

#[test]
fn names_in_many_languages_fill_the_fields() {
    let mut wrong = Vec::new();
    for (header, row, expected) in TABLES {
        let text = format!("{header}\n{row}\n");
        let folder = TestFolder::with_files(&[("a.csv", text.as_bytes())]);
        let result = folder.run(&["export", "--format", "jsonl", "a.csv"]);
        if result.stdout.trim_end() != *expected {
            wrong.push(format!("{header}\n{}{}", result.stdout, result.stderr));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
