//! Turns the bytes that a terminal sends into keys, pastes and mouse events.
//!
//! A key such as ↓ is several bytes, which may arrive one by one. What an Esc alone means is decided by
//! silence: see [`KeyDecoder::wait`]. The sequences are those of ECMA-48 and of xterm.

use std::time::Duration;

use super::event_loop::Event;
use crate::tui::action::Action;
use crate::tui::key::{Code, Key};

/// How long the rest of a key may take to arrive.
const KEY_WAIT: Duration = Duration::from_millis(150);
/// How long a paste may be silent before it counts as ended.
const PASTE_WAIT: Duration = Duration::from_secs(2);
/// The largest part of a paste that is kept. No line of text takes as much.
const MAX_PASTE_BYTES: usize = 1 << 20;

/// What begins a bracketed paste, and what ends it.
const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// The byte of Ctrl-C.
const CTRL_C: u8 = 3;
const ESC: u8 = 0x1b;

/// Decodes the bytes of one terminal.
#[derive(Debug, Default)]
pub struct KeyDecoder {
    /// The bytes of an unfinished key.
    bytes: Vec<u8>,
    /// The paste so far, while there is one.
    paste: Option<Vec<u8>>,
}

/// What some bytes mean.
enum Decoded {
    /// They are a whole key, or something that the program ignores.
    Whole(Option<Event>, usize),
    /// More bytes are needed.
    Unfinished,
}

impl KeyDecoder {
    /// Adds bytes. Returns the events that are complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.bytes.extend_from_slice(bytes);
        self.decode(false)
    }

    /// How long to wait for more bytes before calling [`KeyDecoder::take_rest`]; `None` if nothing is
    /// unfinished.
    pub fn wait(&self) -> Option<Duration> {
        match &self.paste {
            // Ctrl-C ends a paste, but only as a key: not inside of pasted text.
            Some(paste) if paste.last() == Some(&CTRL_C) => Some(KEY_WAIT),
            Some(_) => Some(PASTE_WAIT),
            None => (!self.bytes.is_empty()).then_some(KEY_WAIT),
        }
    }

    /// Returns the events of an unfinished key or paste, after which nothing came.
    pub fn take_rest(&mut self) -> Vec<Event> {
        let Some(mut paste) = self.paste.take() else { return self.decode(true) };
        let is_cancelled = paste.pop_if(|byte| *byte == CTRL_C).is_some();
        let key = Key { ctrl: true, ..Key::char('c') };
        let paste = (!paste.is_empty()).then(|| paste_event(&paste));
        paste.into_iter().chain(is_cancelled.then_some(Event::Key(key))).collect()
    }

    /// Decodes as much as possible. With `is_all`, no more bytes follow for now.
    fn decode(&mut self, is_all: bool) -> Vec<Event> {
        let mut events = Vec::new();
        while !self.bytes.is_empty() {
            if self.paste.is_some() {
                match self.take_paste() {
                    Some(paste) => events.push(paste),
                    None => break,
                }
            } else if self.bytes.starts_with(PASTE_START) {
                self.bytes.drain(..PASTE_START.len());
                self.paste = Some(Vec::new());
            } else {
                match decode_key(&self.bytes, is_all) {
                    Decoded::Whole(event, length) => {
                        self.bytes.drain(..length);
                        events.extend(event);
                    }
                    Decoded::Unfinished => break,
                }
            }
        }
        events
    }

    /// Moves bytes into the paste. Returns the paste if it has ended.
    fn take_paste(&mut self) -> Option<Event> {
        let mut paste = self.paste.take().unwrap_or_default();
        // The end may have begun in earlier bytes.
        let searched = paste.len().saturating_sub(PASTE_END.len());
        paste.append(&mut self.bytes);
        let tail = paste.get(searched..).unwrap_or_default();
        if let Some(end) = memchr::memmem::find(tail, PASTE_END) {
            self.bytes = paste.split_off(searched + end + PASTE_END.len());
            paste.truncate(searched + end);
            return Some(paste_event(&paste));
        }
        if paste.len() > MAX_PASTE_BYTES {
            paste.drain(MAX_PASTE_BYTES - PASTE_END.len()..paste.len() - PASTE_END.len());
        }
        self.paste = Some(paste);
        None
    }
}

/// Returns the event of a paste.
fn paste_event(bytes: &[u8]) -> Event {
    Event::Action(Action::Paste(String::from_utf8_lossy(bytes).into_owned()))
}

/// Decodes the key at the start of `bytes`, which are not empty. With `is_all`, no more bytes follow.
fn decode_key(bytes: &[u8], is_all: bool) -> Decoded {
    let esc = Decoded::Whole(named("esc"), 1);
    match bytes {
        [ESC] if is_all => esc,
        [ESC] => Decoded::Unfinished,
        // The second one may begin another key.
        [ESC, ESC, ..] => esc,
        [ESC, b'[', b'[', rest @ ..] => match rest {
            // Function keys of the Linux console.
            [b'A'..=b'E', ..] => Decoded::Whole(None, 4),
            [] if !is_all => Decoded::Unfinished,
            _ => esc,
        },
        [ESC, b'[', b'M', rest @ ..] => match rest {
            [button, x, y, ..] => {
                let [button, x, y] = [button, x, y].map(|it| u16::from(it.saturating_sub(32)));
                Decoded::Whole(mouse(button, x, y, button & 3 != 3), 6)
            }
            _ if is_all => esc,
            _ => Decoded::Unfinished,
        },
        [ESC, b'[', rest @ ..] => decode_control_sequence(rest, is_all).unwrap_or(esc),
        [ESC, b'O'] if !is_all => Decoded::Unfinished,
        [ESC, b'O', letter @ (b'A'..=b'D' | b'F' | b'H' | b'M' | b'P'..=b'S'), ..] => {
            Decoded::Whole(cursor_key(*letter, 1), 3)
        }
        [ESC, rest @ ..] => match decode_plain(rest, is_all) {
            // Ctrl-C ends the program, whatever was pressed before it.
            Decoded::Whole(Some(event), _) if is_ctrl_c(&event) => esc,
            Decoded::Whole(Some(Event::Key(key)), length) => {
                Decoded::Whole(Some(Event::Key(Key { alt: true, ..key })), length + 1)
            }
            Decoded::Whole(..) => esc,
            Decoded::Unfinished => Decoded::Unfinished,
        },
        _ => decode_plain(bytes, is_all),
    }
}

/// Decodes a control sequence, of which `rest` follows its introducer; `None` if it is not one.
fn decode_control_sequence(rest: &[u8], is_all: bool) -> Option<Decoded> {
    let is_inside = |byte: &u8| (0x20..=0x3f).contains(byte);
    let length = rest.iter().take_while(|byte| is_inside(byte)).count();
    let Some(&last) = rest.get(length) else { return (!is_all).then_some(Decoded::Unfinished) };
    if !(0x40..=0x7e).contains(&last) {
        return None;
    }
    let inside = rest.get(..length).unwrap_or_default();
    let event = match inside.strip_prefix(b"<") {
        Some(numbers) if matches!(last, b'M' | b'm') => match numbers_of(numbers).as_slice() {
            [button, x, y] => mouse(*button, *x, *y, last == b'M'),
            _ => None,
        },
        Some(_) => None,
        None => key_of_sequence(&numbers_of(inside), last),
    };
    Some(Decoded::Whole(event, 2 + length + 1))
}

/// Returns the numbers of a control sequence. What is no number counts as 0.
fn numbers_of(inside: &[u8]) -> Vec<u16> {
    let numbers = inside.split(|byte| *byte == b';');
    numbers.map(|it| str::from_utf8(it).ok().and_then(|it| it.parse().ok()).unwrap_or(0)).collect()
}

/// Returns the event of a key that sends a control sequence.
fn key_of_sequence(numbers: &[u16], last: u8) -> Option<Event> {
    let modifiers = numbers.get(1).copied().unwrap_or(1);
    match (last, numbers) {
        (b'~', [1 | 7, ..]) => with_modifiers(named("home"), modifiers),
        (b'~', [4 | 8, ..]) => with_modifiers(named("end"), modifiers),
        (b'~', [3, ..]) => with_modifiers(named("delete"), modifiers),
        (b'~', [5, ..]) => with_modifiers(named("page-up"), modifiers),
        (b'~', [6, ..]) => with_modifiers(named("page-down"), modifiers),
        // What xterm and others send if they are set to report every key in this way.
        (b'~', [27, modifiers, code]) => key_of_code(*code, *modifiers),
        (b'u', [code, ..]) => key_of_code(*code, modifiers),
        _ => cursor_key(last, modifiers),
    }
}

/// Returns the event of a key by its character.
fn key_of_code(code: u16, modifiers: u16) -> Option<Event> {
    let letter = char::from_u32(u32::from(code))?;
    let mut bytes = [0; 4];
    match decode_plain(letter.encode_utf8(&mut bytes).as_bytes(), true) {
        Decoded::Whole(event, _) if code == u16::from(ESC) => event.or_else(|| named("esc")),
        Decoded::Whole(event, _) => with_modifiers(event, modifiers),
        Decoded::Unfinished => None,
    }
}

/// Returns the event of a cursor key, by the last letter of its sequence.
fn cursor_key(last: u8, modifiers: u16) -> Option<Event> {
    let name = match last {
        b'A' => "up",
        b'B' => "down",
        b'C' => "right",
        b'D' => "left",
        b'F' => "end",
        b'H' => "home",
        b'M' => "enter",
        b'Z' => "back-tab",
        _ => return None,
    };
    with_modifiers(named(name), modifiers)
}

/// Adds modifiers to a key: 1 plus 2 for Alt and 4 for Ctrl. Shift, 1, is part of the key.
fn with_modifiers(event: Option<Event>, modifiers: u16) -> Option<Event> {
    let Some(Event::Key(key)) = event else { return event };
    let bits = modifiers.saturating_sub(1);
    Some(Event::Key(Key { alt: key.alt || bits & 2 != 0, ctrl: key.ctrl || bits & 4 != 0, ..key }))
}

/// Decodes a character or a control character.
fn decode_plain(bytes: &[u8], is_all: bool) -> Decoded {
    let Some(&first) = bytes.first() else { return Decoded::Unfinished };
    let ctrl = |letter: u8| Some(Event::Key(Key { ctrl: true, ..Key::char(char::from(letter)) }));
    let event = match first {
        b'\r' => named("enter"),
        b'\t' => named("tab"),
        0x7f => named("backspace"),
        b' ' => named("space"),
        0 => with_modifiers(named("space"), 5),
        1..=0x1a => ctrl(first - 1 + b'a'),
        ESC => None,
        0x1c..=0x1f => ctrl(first - 0x1c + b'4'),
        0x21..=0x7e => Some(Event::Key(Key::char(char::from(first)))),
        0x80.. => return decode_letter(bytes, is_all),
    };
    Decoded::Whole(event, 1)
}

/// Decodes a character outside of ASCII. A byte that begins none is ignored.
fn decode_letter(bytes: &[u8], is_all: bool) -> Decoded {
    let start = bytes.get(..bytes.len().min(4)).unwrap_or(bytes);
    let valid = match str::from_utf8(start) {
        Ok(valid) => valid,
        Err(error) if error.valid_up_to() > 0 => {
            start.get(..error.valid_up_to()).and_then(|it| str::from_utf8(it).ok()).unwrap_or("")
        }
        Err(error) if error.error_len().is_none() && !is_all => return Decoded::Unfinished,
        Err(_) => "",
    };
    match valid.chars().next() {
        Some(letter) => {
            let key = (!letter.is_control()).then(|| Event::Key(Key::char(letter)));
            Decoded::Whole(key, letter.len_utf8())
        }
        None => Decoded::Whole(None, 1),
    }
}

/// Returns the event of a key with a name.
fn named(name: &str) -> Option<Event> {
    let key = Key::from_name(name);
    debug_assert!(key.is_some(), "{name} is in the list of names");
    key.map(Event::Key)
}

/// Returns the event of a mouse report, if the program handles it. Cells are counted from 1.
fn mouse(button: u16, x: u16, y: u16, is_pressed: bool) -> Option<Event> {
    /// The bits of Shift, Alt and Ctrl.
    const MODIFIERS: u16 = 4 | 8 | 16;
    // Some terminals report 65,535 for positions to the left of the window or above it.
    let cell = |number: u16| if number == u16::MAX { 0 } else { number.saturating_sub(1) };
    let (x, y) = (cell(x), cell(y));
    let action = match button & !MODIFIERS {
        0 if is_pressed => Action::Click { x, y },
        64 => Action::Wheel { x, y, down: false },
        65 => Action::Wheel { x, y, down: true },
        _ => return None,
    };
    Some(Event::Action(action))
}

/// Whether a key is Ctrl-C.
pub(super) fn is_ctrl_c(event: &Event) -> bool {
    matches!(event, Event::Key(Key { code: Code::Char('c'), ctrl: true, alt: false }))
}
