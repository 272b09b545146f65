//! Every kind of element that a site can mark: once as it would stand without Consentry, once marked.

/// A third-party element; both renderings ask for the same address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `<script src>`
    Script,
    /// `<script async src>`
    ScriptAsync,
    /// `<script defer src>`
    ScriptDefer,
    /// `<script type=module src>`
    Module,
    /// An inline script that asks the third party for a beacon.
    Inline,
    /// An inline module that does the same.
    InlineModule,
    /// `<iframe src>`
    Iframe,
    /// `<img src>`
    Img,
    /// `<img srcset>`
    ImgSrcset,
    /// `<picture><source srcset>`
    Picture,
    /// `<link rel=stylesheet href>`
    Stylesheet,
    /// `<link rel=icon>`-like hints: `<link rel=preload as=image href>`
    Preload,
    /// `<video src>`
    Video,
    /// `<video poster>`
    Poster,
    /// `<audio src>`
    Audio,
    /// `<video><source src>`
    Source,
    /// `<embed src>`
    Embed,
    /// `<object data>`
    Object,
    /// The same, held by `data-src`.
    ObjectSrc,
    /// `<template>` around an image and a style sheet's import
    Template,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 20] = [
        Kind::Script,
        Kind::ScriptAsync,
        Kind::ScriptDefer,
        Kind::Module,
        Kind::Inline,
        Kind::InlineModule,
        Kind::Iframe,
        Kind::Img,
        Kind::ImgSrcset,
        Kind::Picture,
        Kind::Stylesheet,
        Kind::Preload,
        Kind::Video,
        Kind::Poster,
        Kind::Audio,
        Kind::Source,
        Kind::Embed,
        Kind::Object,
        Kind::ObjectSrc,
        Kind::Template,
    ];
}

/// One element of a kind, with the address that it asks for.
#[derive(Clone, Debug)]
pub struct Widget {
    /// Which element.
    pub kind: Kind,
    /// What it loads.
    pub url: String,
}

impl Widget {
    /// The element as it stands in a page without Consentry.
    #[must_use]
    pub fn plain(&self) -> String {
        let url = &self.url;
        match self.kind {
            Kind::Script => format!("<script src=\"{url}\"></script>"),
            Kind::ScriptAsync => format!("<script async src=\"{url}\"></script>"),
            Kind::ScriptDefer => format!("<script defer src=\"{url}\"></script>"),
            Kind::Module => format!("<script type=\"module\" src=\"{url}\"></script>"),
            Kind::Inline => format!("<script>{}</script>", beacon(url)),
            Kind::InlineModule => format!("<script type=\"module\">{}</script>", beacon(url)),
            Kind::Iframe => format!("<iframe src=\"{url}\" width=\"300\" height=\"150\"></iframe>"),
            Kind::Img => format!("<img alt src=\"{url}\">"),
            Kind::ImgSrcset => format!("<img alt srcset=\"{url} 1x\">"),
            Kind::Picture => format!("<picture><source srcset=\"{url}\"><img alt></picture>"),
            Kind::Stylesheet => format!("<link rel=\"stylesheet\" href=\"{url}\">"),
            Kind::Preload => format!("<link rel=\"preload\" as=\"image\" href=\"{url}\">"),
            Kind::Video => format!("<video preload=\"auto\" muted src=\"{url}\"></video>"),
            Kind::Poster => format!("<video poster=\"{url}\"></video>"),
            Kind::Audio => format!("<audio preload=\"auto\" src=\"{url}\"></audio>"),
            Kind::Source => format!("<video preload=\"auto\" muted><source src=\"{url}\"></video>"),
            Kind::Embed => format!("<embed type=\"text/html\" src=\"{url}\" width=\"100\" height=\"50\">"),
            Kind::Object | Kind::ObjectSrc => {
                format!("<object type=\"text/html\" data=\"{url}\" width=\"100\" height=\"50\"></object>")
            }
            Kind::Template => template_content(url),
        }
    }

    /// The element held for `mark`, for example `data-category="analytics"`.
    #[must_use]
    pub fn marked(&self, mark: &str) -> String {
        let url = &self.url;
        match self.kind {
            Kind::Script => format!("<script type=\"text/plain\" {mark} src=\"{url}\"></script>"),
            Kind::ScriptAsync => format!("<script type=\"text/plain\" {mark} async data-src=\"{url}\"></script>"),
            Kind::ScriptDefer => format!("<script type=\"text/plain\" {mark} defer data-src=\"{url}\"></script>"),
            Kind::Module => format!("<script type=\"text/plain\" data-type=\"module\" {mark} src=\"{url}\"></script>"),
            Kind::Inline => format!("<script type=\"text/plain\" {mark}>{}</script>", beacon(url)),
            Kind::InlineModule => {
                format!("<script type=\"text/plain\" data-type=\"module\" {mark}>{}</script>", beacon(url))
            }
            Kind::Iframe => format!("<iframe {mark} data-src=\"{url}\" width=\"300\" height=\"150\"></iframe>"),
            Kind::Img => format!("<img alt {mark} data-src=\"{url}\">"),
            Kind::ImgSrcset => format!("<img alt {mark} data-srcset=\"{url} 1x\">"),
            Kind::Picture => format!("<picture><source {mark} data-srcset=\"{url}\"><img alt></picture>"),
            Kind::Stylesheet => format!("<link rel=\"stylesheet\" {mark} data-href=\"{url}\">"),
            Kind::Preload => format!("<link rel=\"preload\" as=\"image\" {mark} data-href=\"{url}\">"),
            Kind::Video => format!("<video preload=\"auto\" muted {mark} data-src=\"{url}\"></video>"),
            Kind::Poster => format!("<video {mark} data-poster=\"{url}\"></video>"),
            Kind::Audio => format!("<audio preload=\"auto\" {mark} data-src=\"{url}\"></audio>"),
            Kind::Source => format!("<video preload=\"auto\" muted><source {mark} data-src=\"{url}\"></video>"),
            Kind::Embed => format!("<embed type=\"text/html\" {mark} data-src=\"{url}\" width=\"100\" height=\"50\">"),
            Kind::Object => {
                format!("<object type=\"text/html\" {mark} data-data=\"{url}\" width=\"100\" height=\"50\"></object>")
            }
            Kind::ObjectSrc => {
                format!("<object type=\"text/html\" {mark} data-src=\"{url}\" width=\"100\" height=\"50\"></object>")
            }
            Kind::Template => format!("<template {mark}>{}</template>", template_content(url)),
        }
    }
}

/// An inline script that asks for an address, whatever comes back.
fn beacon(url: &str) -> String {
    format!("new Image().src = '{url}';")
}

fn template_content(url: &str) -> String {
    format!("<style>@import url('{url}');</style>")
}
