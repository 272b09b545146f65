//! What is known of each language, apart from its texts: plural forms of whole numbers (Unicode CLDR), letters, and the
//! stems by which visitors, and tools that answer for them, know "accept" and "reject".

use std::ops::RangeInclusive;

/// One language beside English.
#[derive(Debug)]
pub(crate) struct Language {
    /// Its tag, which names its file.
    pub(crate) tag: &'static str,
    /// The plural forms that `Intl.PluralRules` chooses for whole numbers below a million.
    pub(crate) plurals: &'static str,
    /// A stem of "accept", in small letters.
    pub(crate) accept: &'static str,
    /// A stem of "reject", in small letters.
    pub(crate) reject: &'static str,
    /// The letters of its script.
    pub(crate) script: RangeInclusive<char>,
}

const LATIN: RangeInclusive<char> = 'A'..='\u{24f}';
const GREEK: RangeInclusive<char> = '\u{370}'..='\u{3ff}';
const CYRILLIC: RangeInclusive<char> = '\u{400}'..='\u{4ff}';
const HEBREW: RangeInclusive<char> = '\u{590}'..='\u{5ff}';
const ARABIC: RangeInclusive<char> = '\u{600}'..='\u{6ff}';
const DEVANAGARI: RangeInclusive<char> = '\u{900}'..='\u{97f}';
const BENGALI: RangeInclusive<char> = '\u{980}'..='\u{9ff}';
const TAMIL: RangeInclusive<char> = '\u{b80}'..='\u{bff}';
const THAI: RangeInclusive<char> = '\u{e00}'..='\u{e7f}';
const KANA_AND_HAN: RangeInclusive<char> = '\u{3040}'..='\u{9fff}';
const HANGUL: RangeInclusive<char> = '\u{ac00}'..='\u{d7a3}';

const fn language(
    tag: &'static str,
    plurals: &'static str,
    accept: &'static str,
    reject: &'static str,
    script: RangeInclusive<char>,
) -> Language {
    Language { tag, plurals, accept, reject, script }
}

const ONE: &str = "other";
const TWO: &str = "one other";
const FEW: &str = "one few other";
const MANY: &str = "one few many other";

/// All of them.
pub(crate) const LANGUAGES: &[Language] = &[
    language("ar", "zero one two few many other", "قبول", "رفض", ARABIC),
    language("bg", TWO, "прием", "отхвърл", CYRILLIC),
    language("bn", TWO, "গ্রহণ", "প্রত্যাখ্যান", BENGALI),
    language("bs", FEW, "prihvati", "odbij", LATIN),
    language("ca", TWO, "accept", "rebutja", LATIN),
    language("cs", FEW, "přij", "odmít", LATIN),
    language("cy", "zero one two few many other", "derbyn", "gwrthod", LATIN),
    language("da", TWO, "accept", "afvis", LATIN),
    language("de", TWO, "akzeptier", "ablehn", LATIN),
    language("el", TWO, "αποδοχή", "απόρριψη", GREEK),
    language("es", TWO, "acept", "rechaz", LATIN),
    language("et", TWO, "nõustu", "keeldu", LATIN),
    language("eu", TWO, "onartu", "baztertu", LATIN),
    language("fa", TWO, "پذیرش", "رد ", ARABIC),
    language("fi", TWO, "hyväksy", "hylkää", LATIN),
    language("fr", TWO, "accept", "refus", LATIN),
    language("ga", "one two few many other", "glac", "diúltaigh", LATIN),
    language("gl", TWO, "acept", "rexeit", LATIN),
    language("he", "one two other", "קבל", "דחי", HEBREW),
    language("hi", TWO, "सभी स्वीकार", "सभी अस्वीकार", DEVANAGARI),
    language("hr", FEW, "prihvati", "odbij", LATIN),
    language("hu", TWO, "elfogad", "elutasít", LATIN),
    language("id", ONE, "terima", "tolak", LATIN),
    language("is", TWO, "samþykkja", "hafna", LATIN),
    language("it", TWO, "accett", "rifiut", LATIN),
    language("ja", ONE, "同意", "拒否", KANA_AND_HAN),
    language("ko", ONE, "동의", "거부", HANGUL),
    language("lt", FEW, "priim", "atmes", LATIN),
    language("lv", "zero one other", "pieņem", "noraid", LATIN),
    language("mk", TWO, "прифати", "одбиј", CYRILLIC),
    language("ms", ONE, "terima", "tolak", LATIN),
    language("mt", "one two few many other", "aċċetta", "irrifjuta", LATIN),
    language("nb", TWO, "godta", "avvis", LATIN),
    language("nl", TWO, "accepte", "weiger", LATIN),
    language("nn", TWO, "godta", "avvis", LATIN),
    language("pl", MANY, "zaakceptuj", "odrzuć", LATIN),
    language("pt", TWO, "aceit", "rejeit", LATIN),
    language("pt-BR", TWO, "aceit", "rejeit", LATIN),
    language("ro", FEW, "accept", "respin", LATIN),
    language("ru", MANY, "принять", "отклонить", CYRILLIC),
    language("sk", FEW, "prija", "odmiet", LATIN),
    language("sl", "one two few other", "sprejmi", "zavrni", LATIN),
    language("sq", TWO, "prano", "refuzo", LATIN),
    language("sr", FEW, "прихвати", "одбиј", CYRILLIC),
    language("sr-Latn", FEW, "prihvati", "odbij", LATIN),
    language("sv", TWO, "godkänn", "avvisa", LATIN),
    language("ta", TWO, "ஏற்க", "நிராகரி", TAMIL),
    language("th", ONE, "ยอมรับ", "ปฏิเสธ", THAI),
    language("tr", TWO, "kabul", "reddet", LATIN),
    language("uk", MANY, "прийняти", "відхилити", CYRILLIC),
    language("ur", TWO, "قبول", "مسترد", ARABIC),
    language("vi", ONE, "chấp nhận", "từ chối", LATIN),
    language("zh-Hans", ONE, "接受", "拒绝", KANA_AND_HAN),
    language("zh-Hant", ONE, "接受", "拒絕", KANA_AND_HAN),
];

/// Texts that are the same in English, by key, with the languages where they are.
pub(crate) const COGNATES: &[(&str, &str)] = &[
    ("category.marketing.label", "da de es fr hu it nl pt pt-BR ro sq"),
    ("data.no", "ca es it"),
    ("services.one", "fr"),
    ("services.other", "fr"),
    ("stored.cacheStorage", "da de fr it nl pt pt-BR"),
    ("stored.cookie", "da de es fr gl it ja mt nl pt pt-BR ro"),
    ("stored.indexedDB", "da it nb nl nn"),
];
