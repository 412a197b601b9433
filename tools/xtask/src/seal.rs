//! Names each file of the site after its content, and makes the page accept only that content.
//!
//! Invariant: a browser with the right `index.html` runs nothing else. The page names its files with a hash, and they
//! name what they load later with a hash.

use std::path::Path;

use anyhow::{Result, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use lol_html::{RewriteStrSettings, doc_comments, element, html_content::ContentType, rewrite_str};
use sha2::{Digest, Sha256};

use crate::project::write;

/// A file of the site, named after its content.
pub struct SealedFile {
    /// Its name in `dist/`.
    pub name: String,
    /// Its hash, as `integrity` attributes spell it.
    pub integrity: String,
}

/// The files of the first load.
pub struct FirstLoad {
    /// The program's JavaScript.
    pub script: SealedFile,
    /// The program's WebAssembly.
    pub wasm: SealedFile,
    /// The WebAssembly of the later pages. It is part of the first load where one of them is opened first.
    pub later: SealedFile,
    /// The stylesheet.
    pub styles: SealedFile,
}

/// Writes a file as `<stem>-<hash><ending>` into `dist`.
pub fn add(dist: &Path, stem: &str, ending: &str, content: &[u8]) -> Result<SealedFile> {
    let hash = Sha256::digest(content);
    let short: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("{stem}-{short}{ending}");
    write(&dist.join(&name), content)?;
    Ok(SealedFile { name, integrity: format!("sha256-{}", BASE64_STANDARD.encode(hash)) })
}

/// Replaces the instructions for Trunk in `index.html` by the first script and the files of the first load, and leaves its
/// comments out.
pub fn page(index: &str, boot: &str, files: &FirstLoad) -> Result<String> {
    ensure!(!boot.contains("</script"), "src/boot.js would end its own script element");
    let (boot, program) = (format!("<script {UNCHANGED}>{}</script>", boot.trim()), program(files));
    let (mut boots, mut programs) = (0, 0);
    let html = rewrite_str(
        index,
        RewriteStrSettings::new()
            .append_element_content_handler(element!("link[data-trunk][rel=inline]", |link| {
                boots += 1;
                link.replace(&boot, ContentType::Html);
                Ok(())
            }))
            .append_element_content_handler(element!("link[data-trunk][rel=css]", |link| {
                link.remove();
                Ok(())
            }))
            // They are for those who change the page, and each first visit would load them.
            .append_document_content_handler(doc_comments!(|comment| {
                comment.remove();
                Ok(())
            }))
            .append_element_content_handler(element!("link[data-trunk][rel=rust]", |link| {
                programs += 1;
                link.replace(&program, ContentType::Html);
                Ok(())
            })),
    )?;
    ensure!(
        (boots, programs) == (1, 1),
        "index.html needs one data-trunk link each with rel=\"inline\" and rel=\"rust\""
    );
    Ok(html)
}

/// Tells CDNs to leave a script alone. One whose type they changed would not run.
const UNCHANGED: &str = r#"data-cfasync="false""#;

/// The elements that load the program, which starts when the first script has drawn the first rows. A script fetches the wasm, because browsers ignore the `integrity` of its preload.
/// The stylesheet comes last, because inline scripts after it would wait for it.
fn program(FirstLoad { script, wasm, later, styles }: &FirstLoad) -> String {
    let fetch = "{const{wasm,integrity,later,laterIntegrity}=document.currentScript.dataset;\
        window.program=Promise.all([fetch(wasm,{integrity}),window.rows]).then(([it])=>it);\
        if(document.documentElement.dataset.page!='list')\
        (window.later=fetch(later,{integrity:laterIntegrity,priority:'low'})).catch(()=>{})}";
    [
        format!(
            r#"<script {UNCHANGED} data-wasm="/{}" data-integrity="{}" data-later="/{}" data-later-integrity="{}">{fetch}</script>"#,
            wasm.name, wasm.integrity, later.name, later.integrity
        ),
        format!(
            r#"<script {UNCHANGED} type="module" src="/{}" integrity="{}" fetchpriority="high"></script>"#,
            script.name, script.integrity
        ),
        format!(r#"<link rel="stylesheet" href="/{}" integrity="{}">"#, styles.name, styles.integrity),
    ]
    .join("\n    ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<head><!-- For developers. --><link rel="icon" href="data:,">
<link data-trunk rel="inline" type="js" href="boot.js">
<link data-trunk rel="css" href="console.css">
<link
  data-trunk rel="rust"
></head>"#;

    fn sealed(index: &str, boot: &str) -> Result<String> {
        let file = |name: &str, hash: &str| SealedFile { name: name.to_owned(), integrity: format!("sha256-{hash}") };
        let [script, wasm, later, styles] =
            [("x-2.js", "J"), ("x-3_bg.wasm", "W"), ("later-5.wasm", "L"), ("console-4.css", "C")]
                .map(|(name, hash)| file(name, hash));
        page(index, boot, &FirstLoad { script, wasm, later, styles })
    }

    #[test]
    fn the_page_loads_each_file_only_with_its_content() -> Result<()> {
        let html = sealed(INDEX, "go()\n")?;
        for part in [
            r#"<link rel="icon" href="data:,">"#,
            r#"<script data-cfasync="false">go()</script>"#,
            r#"<script data-cfasync="false" data-wasm="/x-3_bg.wasm" data-integrity="sha256-W" data-later="/later-5.wasm" data-later-integrity="sha256-L">"#,
            r#"<script data-cfasync="false" type="module" src="/x-2.js" integrity="sha256-J" "#,
            r#"<link rel="stylesheet" href="/console-4.css" integrity="sha256-C"></head>"#,
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("data-trunk") && !html.contains("<!--"), "{html}");
        Ok(())
    }

    #[test]
    fn a_page_without_a_place_for_the_program_or_the_first_script_is_refused() {
        assert!(sealed(&INDEX.replace("rel=\"rust\"", "rel=\"copy-file\""), "go()").is_err());
        assert!(sealed(&INDEX.replace("rel=\"inline\"", "rel=\"copy-file\""), "go()").is_err());
        assert!(sealed(INDEX, "'</script>'").is_err());
    }
}
