//! What a page of a test or a fake third party answers.

use std::time::Duration;

/// An answer registered by a test: [`Loopback::page`](crate::Loopback::page) for the site,
/// [`Loopback::fake`](crate::Loopback::fake) for a third party. In the bodies and headers of text answers the
/// placeholders of [`placeholders`](crate::placeholders) are replaced when it is served.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(crate) body: Vec<u8>,
    pub(crate) content_type: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) status: u16,
    pub(crate) delay: Duration,
    pub(crate) pause: Option<Pause>,
    pub(crate) hangs_up: bool,
    pub(crate) policy: Option<Policy>,
}

/// A Content-Security-Policy that depends on a request's cookies, and on whether it says `Sec-GPC: 1`.
pub type Policy = fn(&str, bool) -> String;

impl Answer {
    /// An answer with status 200, no delay and this body and content type.
    pub fn new(content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            content_type: content_type.into(),
            headers: Vec::new(),
            status: 200,
            delay: Duration::ZERO,
            pause: None,
            hangs_up: false,
            policy: None,
        }
    }

    /// An HTML document.
    pub fn html(body: impl Into<String>) -> Self {
        Self::new("text/html; charset=utf-8", body.into())
    }

    /// A JavaScript file.
    pub fn script(body: impl Into<String>) -> Self {
        Self::new("text/javascript; charset=utf-8", body.into())
    }

    /// A style sheet.
    pub fn style(body: impl Into<String>) -> Self {
        Self::new("text/css; charset=utf-8", body.into())
    }

    /// A JSON file.
    pub fn json(body: impl Into<String>) -> Self {
        Self::new("application/json", body.into())
    }

    /// A transparent picture of one pixel.
    pub fn pixel() -> Self {
        Self::new(
            "image/gif",
            *b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\0\0\0!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
        )
    }

    /// The same with one more header, for example a Content-Security-Policy. A name may come several
    /// times; a Content-Type replaces the one that is there.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        if name.eq_ignore_ascii_case("content-type") {
            self.content_type = value;
        } else {
            self.headers.push((name, value));
        }
        self
    }

    /// The same with this status instead of 200.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same, answered only after this time.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The same, sent in two pieces: up to the end of `mark` at once, the rest when the site is next asked for `path`, or
    /// after `patience`. Without the mark in the body it comes in one piece.
    #[must_use]
    pub fn pause_after(mut self, mark: impl Into<String>, path: impl Into<String>, patience: Duration) -> Self {
        self.pause = Some(Pause { mark: mark.into(), path: path.into(), patience });
        self
    }

    /// No answer at all: the connection ends in the middle of it, as when a server is killed.
    #[must_use]
    pub fn hang_up() -> Self {
        Self { hangs_up: true, ..Self::new("text/plain", "") }
    }

    /// The same with a Content-Security-Policy that is made for each request of the site, and with what caches have to know.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// The answer to one request.
    pub(crate) fn told(self, cookies: &str, gpc: bool) -> Self {
        let Some(policy) = self.policy else { return self };
        self.header("Content-Security-Policy", policy(cookies, gpc))
            .header("Vary", "Cookie, Sec-GPC")
            .header("Cache-Control", "private")
    }

    pub(crate) fn is_text(&self) -> bool {
        let kind = self.content_type.as_str();
        kind.starts_with("text/") || ["javascript", "json", "svg", "xml"].iter().any(|word| kind.contains(word))
    }
}

/// Where an answer waits, and for what.
#[derive(Clone, Debug)]
pub(crate) struct Pause {
    pub(crate) mark: String,
    pub(crate) path: String,
    pub(crate) patience: Duration,
}
