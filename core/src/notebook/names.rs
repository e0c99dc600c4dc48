//! A macro for enums whose variants have a name in JSON and HTML.

/// Defines an enum whose variants have a name, with `ALL`, `name` and `from_name`.
macro_rules! named_enum {
    ($(#[$attribute:meta])* $kind:ident: $($(#[$on:meta])* $variant:ident = $text:literal,)*) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $kind { $($(#[$on])* $variant,)* }

        impl $kind {
            /// All variants, in order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Returns the name in JSON and HTML.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Returns the variant with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|variant| variant.name() == name)
            }
        }
    };
}
pub(super) use named_enum;
