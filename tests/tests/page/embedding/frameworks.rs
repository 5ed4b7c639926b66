//! The calculator in React, Vue and jQuery, by the real ones.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use super::{TARIFF, calculator, host, text, wait_for};
use crate::browser::Browser;
use crate::workbench::wait_until;

const SCRIPT: &str = "
    window.told = [];
    const { createApp, h, ref, vShow, withDirectives } = Vue;
    window.shown = ref(true);
    window.view = ref('flat');
    createApp({
        render: () => withDirectives(
            h('fentan-calculator', { src: '/tariff.json', view: view.value, onReady: () => told.push('vue') }),
            [[vShow, shown.value]]),
    }).mount('#vue');

    const { createElement, useEffect, useRef, useState } = React;
    function Calculator() {
        const [language, setLanguage] = useState('zh-CN');
        const calculator = useRef(null);
        window.setLanguage = setLanguage;
        useEffect(() => {
            const ready = () => told.push('react');
            calculator.current.addEventListener('ready', ready);
            return () => calculator.current?.removeEventListener('ready', ready);
        }, []);
        return createElement('fentan-calculator', { src: '/tariff.json', lang: language, ref: calculator });
    }
    ReactDOM.createRoot(document.getElementById('react')).render(createElement(Calculator));

    jQuery('#jquery').append('<fentan-calculator src=/tariff.json></fentan-calculator>');
    jQuery('#jquery').on('ready', () => told.push('jquery'));";

fn of_npm(path: &str) -> Result<Vec<u8>> {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser-tools/node_modules");
    fs::read(tools.join(path)).context("there is no such tool: run npm ci")
}

#[tokio::test]
#[ignore = "needs the built page and a browser: cargo xtask test page"]
async fn react_vue_and_jquery_use_it_like_any_other_element() -> Result<()> {
    let scripts = [
        ("jquery.js", "jquery/dist/jquery.min.js"),
        ("vue.js", "vue/dist/vue.global.prod.js"),
        ("react.js", "react/umd/react.production.min.js"),
        ("react-dom.js", "react-dom/umd/react-dom.production.min.js"),
    ];
    let mut files =
        vec![("tariff.json".to_owned(), TARIFF.into()), ("uses.js".to_owned(), SCRIPT.into())];
    for (name, path) in scripts {
        files.push((name.to_owned(), of_npm(path)?));
    }
    let loaded = scripts.map(|(name, _)| format!("<script src=/{name}></script>")).concat();
    let body = format!(
        "<div id=vue></div><div id=react></div><div id=jquery></div>{loaded}<script src=/uses.js></script>"
    );
    let address = host::publish_plain(&calculator()?, &body, &files)?;
    let browser = Browser::within(&address, 1280).await?;
    for at in 0..3 {
        wait_for(&browser, at, "form").await?;
    }
    let run = |script: &'static str| browser.page.execute(script, Vec::new());
    let told = "return told.sort().join()";
    wait_until("all are told", || async { Ok(run(told).await? == json!("jquery,react,vue")) })
        .await?;

    let displays = "return [...document.querySelectorAll('fentan-calculator')]
        .map((one) => getComputedStyle(one).display).join()";
    run("shown.value = false; jQuery('#jquery fentan-calculator').hide()").await?;
    wait_until("two are hidden", || async { Ok(run(displays).await? == json!("none,block,none")) })
        .await?;
    run("shown.value = true; view.value = 'overview'; jQuery('#jquery fentan-calculator').show()")
        .await?;
    wait_for(&browser, 0, ".works").await?;
    assert_eq!(run(displays).await?, json!("block,block,block"));
    run("setLanguage('en')").await?;
    wait_until("React's is in English", || async {
        Ok(text(&browser, 1, "button").await? == "Work it out")
    })
    .await?;
    // jQuery 1 tries at its start whether an attribute may hold a script, which the policy forbids.
    let failures = "return failures.filter((one) => one !== 'script-src-attr inline')";
    assert_eq!(run(failures).await?, json!([]));
    Ok(())
}
