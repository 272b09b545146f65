//! Rewrites what wasm-bindgen and wasm2js wrote into modules whose instantiation is the caller's.
//!
//! wasm-bindgen's bundler output keeps imports, exports and instance apart, which is what a module needs that is
//! instantiated at once, later, or as JavaScript. Every change made here is one that must match: a new version of
//! wasm-bindgen that writes other text stops the build.

use crate::failure::{Failure, Result};

use super::names::Names;

/// The exports of wasm-bindgen's output that set the instance.
const SETTER: &str = "let wasm;\nexport function __wbg_set_wasm(val) {\n    wasm = val;\n}";

/// The JavaScript module `gen/glue.js`, made from `consentry_bg.js`.
pub(crate) fn module(source: &str, names: &Names) -> Result<String> {
    let mut glue = shorten(source, names)?;
    for import in &names.imports {
        let function = format!("function {}(", import.function);
        replace(&mut glue, &format!("export {function}"), &function)?;
    }
    let start = match names.export("__wbindgen_start") {
        Some(start) => format!(" wasm.{start}();"),
        None => String::new(),
    };
    replace(&mut glue, SETTER, "let wasm;")?;
    fresh_views(&mut glue, names)?;
    plain_decoder(&mut glue);
    glue.push_str(&format!("export function imports() {{ return {{ '{}': {{", names.module));
    for import in &names.imports {
        glue.push_str(&format!(" {}: {},", import.short, import.function));
    }
    glue.push_str(&format!(" }} }}; }}\nexport function bind(exports) {{ wasm = exports;{start} }}\n"));
    Ok(glue)
}

/// The JavaScript module `gen/fallback.js`, made from wasm2js's output: a function from imports to exports.
pub(crate) fn fallback(source: &str) -> Result<String> {
    let changed = || Failure::new("wasm2js writes its output in a form that xtask does not know");
    let (body, _) = source.split_once("var retasmFunc = asmFunc(").ok_or_else(changed)?;
    let body: String =
        body.lines().filter(|line| !line.starts_with("import * as ")).flat_map(|line| [line, "\n"]).collect();
    if !body.contains("function asmFunc(imports)") || body.contains("\nimport ") {
        return Err(changed());
    }
    Ok(format!("{body}export default asmFunc;\n"))
}

/// Gives every `wasm.long_name` its short name.
fn shorten(source: &str, names: &Names) -> Result<String> {
    let mut pieces = source.split("wasm.");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(piece.len());
        let (name, rest) = piece.split_at(end);
        let short = names
            .export(name)
            .ok_or_else(|| Failure::new(format!("the glue uses `wasm.{name}`, which the module does not export")))?;
        text.push_str("wasm.");
        text.push_str(short);
        text.push_str(rest);
    }
    Ok(text)
}

/// Makes every cached view compare its buffer with the memory's: translated memory grows by replacing its buffer, and
/// the old one is neither empty nor detached.
fn fresh_views(glue: &mut String, names: &Names) -> Result {
    let Some(memory) = names.export("memory") else {
        return Err(Failure::new("the module does not export its memory"));
    };
    let mut text = String::with_capacity(glue.len());
    for line in glue.lines() {
        let condition = line.trim_start().strip_prefix("if (cached").and_then(|rest| rest.split_once(" === null || "));
        match condition {
            Some((name, _)) if name.ends_with("Memory0") => {
                text.push_str(&format!("    if (!cached{name} || cached{name}.buffer !== wasm.{memory}.buffer) {{"));
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    *glue = text;
    Ok(())
}

/// Drops the counter that renews the text decoder after two gigabytes, a bug of old Safari that no consent reaches.
fn plain_decoder(glue: &mut String) {
    const FROM: &str = "const MAX_SAFARI_DECODE_BYTES";
    const TO: &str = "    return cachedTextDecoder.decode(bytes);";
    if let (Some(from), Some(to)) = (glue.find(FROM), glue.find(TO)) {
        glue.replace_range(from..to, "function decodeText(bytes) {\n");
    }
}

/// Replaces a text that must be there exactly once.
fn replace(text: &mut String, from: &str, to: &str) -> Result {
    if text.matches(from).count() != 1 {
        return Err(Failure::new(format!("wasm-bindgen writes its glue in a form that xtask does not know: {from}")));
    }
    *text = text.replacen(from, to, 1);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str =
        "[\"./x_bg.js\", \"__wbg_get\", \"b\"]\n[\"memory\", \"J\"]\n[\"open\", \"K\"]\n[\"__wbindgen_start\", \"L\"]";
    const GLUE: &str = "export function open() {\n    wasm.open();\n}\nexport function __wbg_get(arg0) {\n}\n\
        let cachedDataViewMemory0 = null;\nfunction getDataViewMemory0() {\n    \
        if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true) {\n    }\n}\n\n\n\
        let wasm;\nexport function __wbg_set_wasm(val) {\n    wasm = val;\n}\n";

    #[test]
    fn separates_the_glue_from_its_instance() -> Result {
        let glue = module(GLUE, &Names::parse(NAMES)?)?;
        assert!(glue.contains("export function open() {\n    wasm.K();"));
        assert!(glue.contains("\nfunction __wbg_get(arg0)"));
        assert!(glue.contains("if (!cachedDataViewMemory0 || cachedDataViewMemory0.buffer !== wasm.J.buffer) {"));
        assert!(glue.contains("return { 'a': { b: __wbg_get, } };"));
        assert!(glue.contains("{ wasm = exports; wasm.L(); }"));
        Ok(())
    }

    #[test]
    fn stops_at_glue_that_it_does_not_know() -> Result {
        let names = Names::parse(NAMES)?;
        assert!(module(&GLUE.replace("wasm.open", "wasm.shut"), &names).is_err());
        assert!(module(&GLUE.replace("__wbg_get(", "__wbg_other("), &names).is_err());
        assert!(module(&GLUE.replace("val", "value"), &names).is_err());
        Ok(())
    }

    #[test]
    fn keeps_only_the_function_of_a_translation() -> Result {
        let source = "import * as a from 'a';\n\nfunction asmFunc(imports) {\n}\n\nvar retasmFunc = asmFunc({\n});\n";
        assert_eq!(fallback(source)?, "\nfunction asmFunc(imports) {\n}\n\nexport default asmFunc;\n");
        assert!(fallback("function other() {}").is_err());
        Ok(())
    }
}
