//! Who looks at the page: a reader, or a member of the staff.

use leptos::prelude::use_context;
use news::Act;
use store::Staff;

/// Given to every render. A page for staff is never shelved.
#[derive(Clone, Debug, Default)]
pub struct Viewer(pub Option<Staff>);

impl Viewer {
    /// The viewer of the render under way; a reader where nobody said otherwise.
    pub(crate) fn current() -> Self {
        use_context().unwrap_or_default()
    }

    /// Whether one of the viewer's roles allows it. A reader may nothing of it.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        self.0
            .as_ref()
            .is_some_and(|staff| staff.roles.iter().any(|role| role.may(act)))
    }
}
