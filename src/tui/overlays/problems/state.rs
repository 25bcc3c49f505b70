//! The state of the list of problems.

use crate::record::{Problem, ProblemGroup, ProblemGroups};
use crate::text::counts::with_thousands;
use crate::tui::command::Command;
use crate::tui::component::{Component, Context, Request};
use crate::tui::effect::Effect;
use crate::tui::hint::Hint;
use crate::tui::layout::Size;
use crate::tui::modes::Overlay;
use crate::tui::overlays::text_popup::state::{PopupRow, TextPopupState};

/// The largest number of problems of one kind that are listed.
const MAX_LISTED_PROBLEMS: usize = 1000;

/// The kinds of problems, or the problems of one kind.
#[derive(Clone, Debug)]
pub struct ProblemsState {
    /// The text.
    pub popup: TextPopupState,
    /// The kinds, each with its first problem, or problems one by one.
    groups: Vec<ProblemGroup>,
    /// Whether these are the problems of one kind, over the list of kinds.
    is_one_kind: bool,
}

impl ProblemsState {
    /// Returns the list of errors and warnings: the first of each kind, with the count of the kind.
    pub(crate) fn new(problems: &[Problem], screen: Size) -> ProblemsState {
        let groups = ProblemGroups::new(problems);
        let groups: Vec<ProblemGroup> = groups.sorted().into_iter().cloned().collect();
        let title =
            if problems.is_empty() { "no problems: everything was read" } else { "problems" };
        ProblemsState::from_groups(title, groups, screen)
    }

    /// Returns the list of problems of the same kind as this group, over the list of kinds.
    fn from_kind(problems: &[Problem], kind: &ProblemGroup, screen: Size) -> ProblemsState {
        let selected = (kind.first.severity, kind.first.kind());
        let is_of_kind = |problem: &&Problem| (problem.severity, problem.kind()) == selected;
        let count = problems.iter().filter(is_of_kind).map(Problem::count).sum();
        let listed = problems.iter().filter(is_of_kind).take(MAX_LISTED_PROBLEMS);
        let groups =
            listed.map(|problem| ProblemGroup::new(Problem { more: 0, ..problem.clone() }));
        let title = match count {
            ..=MAX_LISTED_PROBLEMS => format!("{} of this kind", with_thousands(count)),
            count => format!(
                "the first {} of {}: fonds check --all lists them all",
                with_thousands(MAX_LISTED_PROBLEMS),
                with_thousands(count)
            ),
        };
        let list = ProblemsState::from_groups(&title, groups.collect(), screen);
        ProblemsState { is_one_kind: true, ..list }
    }

    /// Returns a list of problems, with the count of each kind.
    fn from_groups(title: &str, groups: Vec<ProblemGroup>, screen: Size) -> ProblemsState {
        let entry = |group: &ProblemGroup| {
            let severity = if group.first.is_error() { "error" } else { "warning" };
            let label = match group.count {
                0 | 1 => severity.to_owned(),
                count => format!("{} {severity}s", with_thousands(count)),
            };
            let others =
                group.other_files().map_or_else(String::new, |it| format!(" (also in {it})"));
            PopupRow::Entry(label, format!("{}{others}", group.first))
        };
        let mut popup = TextPopupState::new(title, groups.iter().map(entry).collect(), screen);
        popup.cursor = (!groups.is_empty()).then_some(0);
        ProblemsState { popup, groups, is_one_kind: false }
    }

    /// Returns the hints for the lower border.
    pub(crate) fn footer(&self) -> Vec<Hint> {
        const SCROLL: &[Command] = &[Command::ScrollUp, Command::ScrollDown];
        const SELECT: &[Command] = &[Command::ScrollUp, Command::ScrollDown, Command::ShowExcerpt];
        let (keys, back) = match (self.groups.is_empty(), self.is_one_kind) {
            (true, _) => (Hint::keys(SCROLL, "scroll"), "closes"),
            (false, true) => (Hint::keys(SELECT, "shows the lines"), "back"),
            (false, false) => (Hint::keys(SELECT, "shows where"), "closes"),
        };
        vec![Hint::remark("type to filter"), keys, Hint::keys(&[Command::StepBack], back)]
    }

    /// Returns the selected kind of problem, or the selected problem with the count 1.
    fn selected_group(&self) -> Option<&ProblemGroup> {
        self.groups.get(self.popup.cursor?)
    }

    /// Whether a problem is selected.
    pub(crate) fn has_selection(&self) -> bool {
        self.selected_group().is_some()
    }

    /// Lists the problems of the selected kind, or reads the lines around the selected problem. A
    /// list without problems is closed.
    fn open_selected(&self, context: &Context<'_>) -> Request {
        match self.selected_group() {
            Some(kind) if kind.count > 1 => {
                let problems = &context.records.problems;
                let list = ProblemsState::from_kind(problems, kind, context.screen);
                Overlay::Problems(list).into()
            }
            Some(group) => Effect::ReadExcerpt(group.first.clone()).into(),
            None => Request::Close,
        }
    }
}

impl Component for ProblemsState {
    fn part(&mut self) -> Option<&mut dyn Component> {
        Some(&mut self.popup)
    }

    fn run_own(
        &mut self,
        command: Command,
        _count: Option<usize>,
        context: &Context<'_>,
    ) -> Option<Vec<Request>> {
        match command {
            Command::ShowExcerpt => Some(vec![self.open_selected(context)]),
            _ => None,
        }
    }

    fn hints(&self, context: &Context<'_>) -> Vec<Hint> {
        self.popup.hints(context)
    }
}
