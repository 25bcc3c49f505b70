//! Reads the files of a package into a sink.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

use super::checked_member::{Budget, CheckedMember};
use super::container::{Container, Member, MemberKind, Walk};
use super::{PackageKind, START_BYTES, buffered, spool};
use crate::files::FileErrorKind;
use crate::formats::read::pictures;
use crate::formats::read::{self, ReadOptions, SavedMapping, Sink};
use crate::load::bag_sink::BagSink;
use crate::load::contents::{self, Contents, FileClass, Place, ReadingPlan};
use crate::load::named_pictures::NamedPictures;
use crate::record::{Archive, Problem};

/// How many packages may be inside one another.
const MAX_DEPTH: usize = 4;

/// The most files of a package that are looked at.
const MAX_FILES: usize = 1_000_000;

/// The largest mapping that is read, in bytes.
const MAX_MAPPING_BYTES: u64 = 1 << 20;

/// Reads a package and those inside it.
pub(super) struct PackageReader {
    options: ReadOptions,
    budget: Budget,
    /// The number of files so far, of all packages.
    files: usize,
    /// How many packages the current one is inside of.
    depth: usize,
}

impl PackageReader {
    /// A reader of a package of this size.
    pub(super) fn new(size: u64, options: &ReadOptions) -> PackageReader {
        let budget = Budget::new(options.unpack_limit(), size);
        PackageReader { options: options.clone(), budget, files: 0, depth: 0 }
    }

    /// Reads the files of a package that are sound.
    pub(super) fn read(&mut self, name: &str, mut container: Container<'_>, sink: &mut dyn Sink) {
        let kind = container.kind();
        let mut problems: Vec<Problem> = Vec::new();
        if container.has_duplicate_names() {
            let message = "this ZIP file lists two files with one path: only the last one can be read; unpack it and \
                           open the folder";
            problems.push(Problem::error(name, None, message));
        }
        let outer_mappings = self.options.mappings.len();
        let mut report = |problem: Problem| problems.push(problem);
        let mut contents = Contents::default();
        let walked =
            container.walk(&mut |member| self.list(name, kind, member, &mut contents, &mut report));
        if let Err(error) = walked {
            problems.push(Problem::error(name, None, damage(kind, &error)));
        }
        let has_problems = !problems.is_empty();
        for problem in problems {
            sink.report(problem);
        }
        let mut plan = contents.plan();
        if plan.has_pictures_beside_data() {
            self.find_named_pictures(&mut container, &mut plan);
        }
        let ReadingPlan { read, pictures, .. } = &plan;
        let is_empty = read.is_empty() && pictures.is_empty();
        if let Some(problem) = plan.problem(name, Place::Package(kind.name()), has_problems) {
            sink.report(problem);
        }
        if !is_empty {
            self.read_files(name, &mut container, &plan, sink);
        }
        self.options.mappings.truncate(outer_mappings);
    }

    /// Looks at a file: what it is, and whether it is sound.
    fn list(
        &mut self,
        package: &str,
        kind: PackageKind,
        member: Member<'_>,
        contents: &mut Contents<usize>,
        report: &mut dyn FnMut(Problem),
    ) -> Walk {
        self.files += 1;
        if self.files > MAX_FILES {
            let message = format!(
                "this {} has more than {MAX_FILES} files: the others were left out; unpack it and open the folders",
                kind.name()
            );
            report(Problem::error(package, None, message));
            return Walk::Stop;
        }
        let Member { index, path, kind: member_kind, packed_bytes, bytes } = member;
        let name = format!("{package}: {path}");
        let class = FileClass::from_path(&path);
        match member_kind {
            _ if class == Some(FileClass::PassedOver) => return Walk::Continue,
            MemberKind::Special => contents.add(path, FileClass::Special, index),
            MemberKind::Unreadable(why) => report(Problem::error(&name, None, why)),
            MemberKind::File if class == Some(FileClass::Picture) => {
                contents.add(path, FileClass::Picture, index);
            }
            MemberKind::File if class == Some(FileClass::Mapping) => {
                self.add_mapping(&name, bytes, report);
            }
            MemberKind::File => {
                let mut checked = CheckedMember::new(bytes, packed_bytes, &mut self.budget);
                match contents::check(&path, &mut checked, &self.options) {
                    Ok(class) => contents.add(path, class, index),
                    Err(error) => return report_unsound(package, &name, kind, &error, report),
                }
            }
        }
        Walk::Continue
    }

    /// Adds a mapping that the user saved beside the files.
    fn add_mapping(&mut self, name: &str, bytes: &mut dyn Read, report: &mut dyn FnMut(Problem)) {
        let mut text = String::new();
        if let Err(error) = bytes.take(MAX_MAPPING_BYTES).read_to_string(&mut text) {
            let message = format!("this mapping cannot be read: {error}");
            return report(Problem::warning(name, None, message));
        }
        match SavedMapping::parse(name, &text) {
            Ok(mapping) => self.options.mappings.push(mapping),
            Err(problem) => report(problem),
        }
    }

    /// Looks which pictures the data in a package names.
    fn find_named_pictures(&self, container: &mut Container<'_>, plan: &mut ReadingPlan<usize>) {
        let mut named = NamedPictures::new(plan.pictures.iter().map(String::as_str));
        let data: HashSet<usize> = plan.read.iter().map(|(_, index)| *index).collect();
        let _ = container.walk(&mut |member| {
            if data.contains(&member.index) {
                named.begin_file(&member.path);
                // A file that cannot be read is reported later.
                let _ = spool(member.bytes)
                    .and_then(|bytes| super::scan(Box::new(bytes), &self.options, &mut named));
            }
            Walk::Continue
        });
        plan.keep_dated_pictures(&named);
    }

    /// Reads the files of a plan, and makes records of the names of pictures.
    fn read_files(
        &mut self,
        package: &str,
        container: &mut Container<'_>,
        plan: &ReadingPlan<usize>,
        sink: &mut dyn Sink,
    ) {
        let archives = check_bags(package, container, plan, sink);
        let wanted: HashSet<usize> = plan.read.iter().map(|(_, index)| *index).collect();
        let mut left = wanted.len();
        if left > 0 {
            // What is damaged was reported by the first walk.
            let _ = container.walk(&mut |member| {
                if !wanted.contains(&member.index) {
                    return Walk::Continue;
                }
                let name = format!("{package}: {}", member.path);
                let bag = plan.bags.iter().position(|bag| member.path.starts_with(&bag.root));
                let none = Archive::default();
                let archive = bag.and_then(|at| archives.get(at)).unwrap_or(&none);
                let sink: &mut dyn Sink = &mut BagSink { archive, sink };
                if let Err(error) = self.read_file(&name, member.bytes, sink) {
                    let message = FileErrorKind::Unreadable(error).to_string();
                    sink.report(Problem::error(&name, None, message));
                }
                left -= 1;
                if left == 0 { Walk::Stop } else { Walk::Continue }
            });
        }
        let name = package.rsplit('/').next().unwrap_or(package);
        let own_name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        pictures::read_folder(package, own_name, &plan.pictures, sink);
    }

    /// Reads a file, which may be a package itself.
    fn read_file(
        &mut self,
        name: &str,
        bytes: &mut dyn Read,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        let mut start = Vec::new();
        bytes.take(START_BYTES).read_to_end(&mut start)?;
        let kind = PackageKind::detect(&start, &self.options);
        let mut bytes = start.as_slice().chain(bytes);
        let is_document = self.options.format.is_some_and(read::Format::is_in_zip);
        let Some(kind) = kind.filter(|_| !is_document) else {
            return read_data(name, &self.options, &mut bytes, sink);
        };
        let mut spooled = spool(&mut bytes)?;
        match Container::open(kind, Box::new(&mut spooled), &self.options) {
            Ok(Some(_)) if self.depth + 1 >= MAX_DEPTH => {
                let message = format!(
                    "this {} was left out, because it is inside of {MAX_DEPTH} others: unpack it and open the folder",
                    kind.name()
                );
                sink.report(Problem::error(name, None, message));
                return Ok(());
            }
            Ok(Some(container)) => {
                self.depth += 1;
                self.read(name, container, sink);
                self.depth -= 1;
                return Ok(());
            }
            Ok(None) => {}
            Err(why) => {
                sink.report(Problem::error(name, None, why));
                return Ok(());
            }
        }
        io::Seek::rewind(&mut spooled)?;
        read_data(name, &self.options, &mut spooled, sink)
    }
}

/// Compares the bags in a package with their lists, and returns the archive that each describes.
fn check_bags(
    package: &str,
    container: &mut Container<'_>,
    plan: &ReadingPlan<usize>,
    sink: &mut dyn Sink,
) -> Vec<Archive> {
    let mut archives = Vec::new();
    for bag in &plan.bags {
        let in_bag = |(path, _): &(String, usize)| path.strip_prefix(&bag.root).map(str::to_owned);
        let read: Vec<String> = plan.read.iter().filter_map(in_bag).collect();
        let report = bag.check(&read, &mut |wanted, visit| {
            let numbers: HashMap<usize, usize> =
                wanted.iter().enumerate().map(|(number, index)| (**index, number)).collect();
            // What is damaged was reported by the first walk.
            let _ = container.walk(&mut |member| {
                if let Some(number) = numbers.get(&member.index) {
                    visit(*number, member.bytes);
                }
                Walk::Continue
            });
        });
        let root = bag.root.trim_end_matches('/');
        let name = if root.is_empty() { package.to_owned() } else { format!("{package}: {root}") };
        for warning in report.warnings {
            sink.report(Problem::warning(&name, None, warning));
        }
        archives.push(report.archive);
    }
    archives
}

/// Reads a file that is no package.
fn read_data(
    name: &str,
    options: &ReadOptions,
    bytes: &mut dyn Read,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut bytes = buffered(bytes);
    read::read_with(name, options, &mut bytes, sink).map_err(|error| error.source)
}

/// Reports a file that cannot be unpacked. Returns whether the others can be.
fn report_unsound(
    package: &str,
    name: &str,
    kind: PackageKind,
    error: &io::Error,
    report: &mut dyn FnMut(Problem),
) -> Walk {
    match error.kind() {
        io::ErrorKind::FileTooLarge => report(Problem::error(name, None, error.to_string())),
        io::ErrorKind::QuotaExceeded => {
            let message = format!("{error}: this file and those behind it were left out");
            report(Problem::error(package, None, message));
            return Walk::Stop;
        }
        // The walk through a tar file fails, too, and says what is wrong.
        _ if kind == PackageKind::Tar => return Walk::Stop,
        _ => {
            let message = "this file is damaged and was left out: get the ZIP file again";
            report(Problem::error(name, None, message));
        }
    }
    Walk::Continue
}

/// Returns what is wrong with a package.
fn damage(kind: PackageKind, error: &io::Error) -> String {
    format!(
        "this {} is damaged or cut off, and only the files before that were read: {error}",
        kind.name()
    )
}
