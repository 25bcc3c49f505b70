//! How many bytes a compressed file may give.

/// The size up to which any file is unpacked, in bytes.
const MAX_HARMLESS_BYTES: u64 = 16 << 20;

/// How many times its own size a larger file may be when it is unpacked.
const MAX_RATIO: u64 = 250;

/// How many bytes all files of a package may be when they are unpacked, unless the user says so.
const DEFAULT_MAX_BYTES: u64 = 8 << 30;

/// How many bytes a compressed file may give.
///
/// A file of a few kilobytes may unpack to more than any memory. Real files rarely shrink to less than a
/// hundredth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnpackLimit {
    /// The largest number of bytes.
    pub(crate) max_bytes: u64,
    /// Whether the ratio to the compressed size does not count, because the user gave the size.
    is_chosen: bool,
}

impl UnpackLimit {
    /// The limit with the size that the user gave, or the usual one.
    pub(crate) fn new(max_bytes: Option<u64>) -> UnpackLimit {
        let is_chosen = max_bytes.is_some();
        UnpackLimit { max_bytes: max_bytes.unwrap_or(DEFAULT_MAX_BYTES), is_chosen }
    }

    /// The same limit without a bound on the ratio, for a sequence of files that are bounded one by one.
    pub(crate) fn any_ratio(self) -> UnpackLimit {
        UnpackLimit { is_chosen: true, ..self }
    }

    /// Whether `unpacked` bytes are too many for `packed` ones.
    pub(crate) fn excess(self, unpacked: u64, packed: u64) -> Option<UnpackExcess> {
        if unpacked > self.max_bytes {
            return Some(UnpackExcess::Bytes(self.max_bytes));
        }
        let is_bomb = unpacked > MAX_HARMLESS_BYTES && unpacked / MAX_RATIO > packed.max(1);
        (is_bomb && !self.is_chosen).then_some(UnpackExcess::Ratio)
    }

    /// Whether the texts made of a file are too long for its size. A limit that the user gave counts alone.
    pub(crate) fn is_text_excess(self, text_bytes: u64, file_bytes: u64) -> bool {
        let is_bomb = text_bytes > MAX_HARMLESS_BYTES && text_bytes / MAX_RATIO > file_bytes.max(1);
        is_bomb && (!self.is_chosen || text_bytes > self.max_bytes)
    }
}

/// Why a file is not unpacked further.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum UnpackExcess {
    /// It has more bytes than are allowed.
    #[error("it unpacks to more than {} and was left out: --max-unpacked SIZE allows more", size(*.0))]
    Bytes(u64),
    /// It is a tiny file that becomes a huge one.
    #[error(
        "it unpacks to more than {MAX_RATIO} times its size, as files made to fill the memory do, and was left \
         out: if you trust it, --max-unpacked SIZE reads it"
    )]
    Ratio,
}

/// A size in words: `8 GB`.
pub(crate) fn size(bytes: u64) -> String {
    let units = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    let unit = units.into_iter().find(|(unit, _)| bytes >= *unit && bytes.is_multiple_of(*unit));
    unit.map_or_else(|| format!("{bytes} bytes"), |(unit, name)| format!("{} {name}", bytes / unit))
}
