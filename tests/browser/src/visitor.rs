//! What a visitor does, by real clicks of the driver on what is written on the buttons.

use crate::world::World;

/// The tab key, as WebDriver names it.
pub const TAB: &str = "\u{E004}";
/// The escape key.
pub const ESCAPE: &str = "\u{E00C}";
/// The enter key.
pub const ENTER: &str = "\u{E007}";
/// The space key.
pub const SPACE: &str = "\u{E00D}";

impl World {
    /// Waits until the notice is there to be answered.
    #[track_caller]
    pub fn notice(&self) {
        self.until("consentry.snapshot().view === 'notice'");
        self.button("Accept all");
    }

    /// Whether the visitor is being asked.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.is("consentry.snapshot().view === 'notice'")
    }

    /// Presses "Accept all" and waits until it took effect.
    #[track_caller]
    pub fn accept_all(&self) {
        self.notice();
        self.press_button("Accept all");
        self.until("consentry.snapshot().view === 'none' && !consentry.snapshot().asking.length");
    }

    /// Presses "Reject all" and waits until it took effect.
    #[track_caller]
    pub fn reject_all(&self) {
        self.notice();
        self.press_button("Reject all");
        self.until("consentry.snapshot().view === 'none' && !consentry.snapshot().asking.length");
    }

    /// Opens the preference center from the notice.
    #[track_caller]
    pub fn customize(&self) {
        self.notice();
        self.press_button("Customize");
        self.until(
            "consentry.snapshot().view === 'preferences' && document.querySelector('#consentry-root dialog[open]')",
        );
    }

    /// The words that ran, from [`World::fake_script`], in order.
    #[track_caller]
    #[must_use]
    pub fn ran(&self) -> Vec<String> {
        let ran = self.eval("window.ran || []");
        let words = ran.as_array().into_iter().flatten();
        words.map(|word| word.as_str().unwrap_or_default().to_owned()).collect()
    }
}
