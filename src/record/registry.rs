//! Registries: enums with a table that has a row for each variant.

/// Makes an enum and its table. A variant without its row does not compile.
///
/// The enum gets `ALL`, its variants in the order of the table, and a private `row`.
macro_rules! registry {
    (
        $(#[$enum_attribute:meta])*
        $visibility:vis enum $name:ident: $row:ty;
        $($(#[$attribute:meta])* $variant:ident => $value:expr,)+
    ) => {
        $(#[$enum_attribute])*
        $visibility enum $name {
            $($(#[$attribute])* $variant,)+
        }

        impl $name {
            /// All of them, in the order of the table.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// Returns the row of the table.
            const fn row(self) -> &'static $row {
                match self {
                    $($name::$variant => const { &$value },)+
                }
            }
        }
    };
}

pub(crate) use registry;
