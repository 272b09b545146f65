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
    own_texts(&mut glue)?;
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

/// Reads and writes texts by the methods that were there when the script was evaluated: what a page puts in their place
/// later answers nothing for the engine. Drops the counter that renews the decoder after two gigabytes, too, a bug of old
/// Safari that no consent reaches.
fn own_texts(glue: &mut String) -> Result {
    const KEPT: &str = "const kept = (method) => Function.prototype.call.bind(method);\n\
        const decode = kept(TextDecoder.prototype.decode), encodeInto = kept(TextEncoder.prototype.encodeInto);\n\
        const subarray = kept(Uint8Array.prototype.subarray);\n";
    between(
        glue,
        "cachedTextDecoder.decode();",
        "    return cachedTextDecoder.decode(",
        "function decodeText(bytes) {\n",
    )?;
    replace(glue, "cachedTextDecoder.decode(", "decode(cachedTextDecoder, ")?;
    let write = "const room = arg.length * 3;\n    let ptr = malloc(room, 1) >>> 0;\n    \
        const { written } = encodeInto(cachedTextEncoder, arg, subarray(getUint8ArrayMemory0(), ptr, ptr + room));\n    \
        if (room) ptr = realloc(ptr, room, written, 1) >>> 0;\n    WASM_VECTOR_LEN = written;\n";
    between(glue, "if (realloc === undefined) {", "    return ptr;\n}\n\nfunction takeObject", write)?;
    *glue = glue.replace("getUint8ArrayMemory0().subarray(", "subarray(getUint8ArrayMemory0(), ");
    glue.insert_str(0, KEPT);
    Ok(())
}

/// Replaces what stands between two texts, the first of them included.
fn between(text: &mut String, from: &str, to: &str, new: &str) -> Result {
    let unknown = || Failure::new(format!("wasm-bindgen writes its glue in a form that xtask does not know: {from}"));
    let start = text.find(from).ok_or_else(unknown)?;
    let end = start + text[start..].find(to).ok_or_else(unknown)?;
    text.replace_range(start..end, new);
    Ok(())
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
        function passStringToWasm0(arg, malloc, realloc) {\n    if (realloc === undefined) {\n    }\n    return ptr;\n}\n\n\
        function takeObject(idx) {\n}\nfunction getStringFromWasm0(ptr, len) {\n    \
        return decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len));\n}\ncachedTextDecoder.decode();\n\
        const MAX_SAFARI_DECODE_BYTES = 2146435072;\nfunction decodeText(ptr, len) {\n    \
        return cachedTextDecoder.decode(bytes);\n}\n\
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
        assert!(glue.contains("return decode(cachedTextDecoder, bytes);"));
        assert!(glue.contains("return decodeText(subarray(getUint8ArrayMemory0(), ptr, ptr + len));"));
        assert!(!glue.contains(".decode()") && !glue.contains("charCodeAt") && !glue.contains("realloc === undefined"));
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
