//! Waits for signs that files may have changed: from the system, or where it gives none, by the clock.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::files;
use crate::load::Input;

/// How long nothing must happen after a sign.
const QUIET_TIME: Duration = Duration::from_secs(1);

/// The shortest time between two looks at the files without signs from the system.
const MIN_POLL_INTERVAL: Duration = Duration::from_secs(1);

/// The time between two looks, as a multiple of how long a look takes: it uses one per cent of a core.
const POLL_COST_FACTOR: u32 = 100;

/// Where signs come from.
pub(super) enum SignsOfChange {
    /// The system reports what happens in the folders of the files.
    FromSystem {
        /// The system reports while this exists.
        _watcher: RecommendedWatcher,
        signs: Receiver<()>,
    },
    /// The files are looked at after this time.
    ByClock(Duration),
}

impl SignsOfChange {
    /// Asks the system for signs. If that does not work for one of the inputs, the clock gives them.
    pub(super) fn new(inputs: &[Input]) -> SignsOfChange {
        watch(inputs).unwrap_or(SignsOfChange::ByClock(MIN_POLL_INTERVAL))
    }

    /// Waits for a sign, and until nothing has happened for a while after it.
    pub(super) fn wait(&self) {
        match self {
            SignsOfChange::FromSystem { signs, .. } => {
                // It fails only if the watcher has ended, after which there is nothing to wait for.
                if signs.recv().is_err() {
                    loop {
                        thread::park();
                    }
                }
                while signs.recv_timeout(QUIET_TIME).is_ok() {}
            }
            SignsOfChange::ByClock(interval) => thread::sleep(*interval),
        }
    }

    /// Whether the files are known to be quiet after a wait.
    pub(super) fn is_quiet(&self) -> bool {
        matches!(self, SignsOfChange::FromSystem { .. })
    }

    /// Sets how long a look at all files takes.
    pub(super) fn set_cost(&mut self, cost: Duration) {
        if let SignsOfChange::ByClock(interval) = self {
            *interval = MIN_POLL_INTERVAL.max(cost.saturating_mul(POLL_COST_FACTOR));
        }
    }
}

/// Asks the system to report what happens to the inputs; `None` if it cannot report all of it.
fn watch(inputs: &[Input]) -> Option<SignsOfChange> {
    let (sender, signs) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.map_or(true, |event| may_be_change(event.kind)) {
            // This fails after the user has quit.
            let _ = sender.send(());
        }
    })
    .ok()?;
    for input in inputs {
        let (Input::Path(path) | Input::InBag { path, .. } | Input::Pictures { folder: path, .. }) =
            input
        else {
            continue;
        };
        for (folder, mode) in watched_folders(path) {
            if is_remote(&folder) {
                return None;
            }
            watcher.watch(&folder, mode).ok()?;
        }
    }
    Some(SignsOfChange::FromSystem { _watcher: watcher, signs })
}

/// Whether an event may come from a change. Reading a file is none.
fn may_be_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// Returns the folders to watch for a file or a folder. A file is watched through its folder, because programs
/// replace files, and where a link leads to.
fn watched_folders(path: &Path) -> Vec<(PathBuf, RecursiveMode)> {
    if path.is_dir() {
        return vec![(path.to_owned(), RecursiveMode::Recursive)];
    }
    let real = files::canonical(path);
    let paths = [Some(path.to_owned()), real];
    let folder = |path: PathBuf| match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut folders: Vec<PathBuf> = paths.into_iter().flatten().map(folder).collect();
    folders.dedup();
    folders.into_iter().map(|folder| (folder, RecursiveMode::NonRecursive)).collect()
}

/// Whether a folder is on another machine, or served by a program, whose changes the system does not see.
#[cfg(target_os = "linux")]
#[allow(clippy::useless_conversion, reason = "the number is shorter on some machines")]
fn is_remote(folder: &Path) -> bool {
    /// NFS, SMB, SMB2, CIFS, FUSE, 9P, Ceph and AFS (`statfs(2)`).
    const REMOTE_TYPES: [i64; 8] = [
        0x6969,
        0x517b,
        0xfe53_4d42,
        0xff53_4d42,
        0x6573_5546,
        0x0102_1997,
        0x00c3_6400,
        0x5346_414f,
    ];
    // A negative number on machines with 32 bits is the same type.
    let kind = |found: rustix::fs::StatFs| i64::from(found.f_type) & 0xffff_ffff;
    rustix::fs::statfs(folder).is_ok_and(|found| REMOTE_TYPES.contains(&kind(found)))
}

/// Other systems report it themselves, or fail.
#[cfg(not(target_os = "linux"))]
fn is_remote(_: &Path) -> bool {
    false
}
