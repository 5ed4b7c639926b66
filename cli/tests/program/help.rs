//! The help: every word of it in the language asked for, and every example of it works on the plan that `fentan new` makes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{fentan, root};

/// The commands that a help lists, with those below them; each after the ones above it.
fn commands(language: &str) -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut next = 0;
    while let Some(path) = found.get(next).cloned() {
        let heading = if language == "zh" { "命令：" } else { "Commands:" };
        let help = help(language, &path);
        let listed = help.lines().skip_while(|line| *line != heading).skip(1);
        for line in listed.take_while(|line| !line.is_empty()) {
            let name = line.split_whitespace().next().expect("a command").to_owned();
            found.push([&path[..], &[name]].concat());
        }
        next += 1;
    }
    found
}

fn help(language: &str, path: &[String]) -> String {
    let path: Vec<_> = path.iter().map(String::as_str).collect();
    let asked = [&["--lang", language], &path[..], &["--help"]].concat();
    let answer = fentan(&asked);
    assert_eq!((answer.status, answer.errors.as_str()), (0, ""), "{asked:?}");
    answer.output
}

#[test]
fn no_word_of_the_chinese_help_is_left_in_english() {
    let all = commands("zh");
    assert!(all.len() > 35, "{all:?}");
    for path in all {
        let help = help("zh", &path);
        for english in
            ["Usage", "OPTIONS", "COMMAND", "Options", "Arguments", "possible values", "default"]
        {
            assert!(!help.contains(english), "{path:?}: {english} in\n{help}");
        }
        // What a value stands for, as `<方案>`.
        let values = help.split('<').skip(1).filter_map(|rest| rest.split_once('>'));
        for (value, _) in values {
            let is_english = value.chars().all(|one| one.is_ascii_uppercase() || one == '=');
            assert!(!is_english, "{path:?}: <{value}>; add it to cli.value in locales/cli.toml");
        }
    }
}

#[test]
fn a_command_is_helped_with_by_its_name() {
    let policy = ["policy".to_owned(), "list".to_owned()];
    assert_eq!(fentan(&["help", "policy", "list"]).output, help("zh", &policy));
    assert_eq!(fentan(&["help"]).output, help("zh", &[]));
    let answer = fentan(&["help", "splt"]);
    assert_eq!((answer.status, answer.output.as_str()), (1, ""));
    assert!(answer.errors.contains("没有“splt”这个命令"), "{}", answer.errors);
}

/// What an office gives to those who try the examples.
fn give_files(folder: &Path, language: &str) {
    let name =
        |zh: &'static str, en: &'static str| folder.join(if language == "zh" { zh } else { en });
    let roster = root().join("crates/import/tests/files/merged-headings.xlsx");
    fs::copy(roster, name("名册.xlsx", "roster.xlsx")).expect("a roster");
    let payments = "date,household,amount,method,receipt\n2026-02-01,1-1-201,1000.00,transfer,R1\n";
    fs::write(name("收款.csv", "payments.csv"), payments).expect("payments");
    let statement = "微信支付账单明细\n交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n\
                     2026-03-02 09:12:44,转账,网名,转账备注:1-1-201,收入,¥1000.00,/,已存入零钱,1001,/,/\n";
    fs::write(name("微信账单.csv", "wechat.csv"), statement).expect("a statement");
    let (compound, plan) =
        if language == "zh" { ("北街", "我的小区") } else { ("north", "our-homes") };
    let programme = format!(
        "fentan_programme = 1\nyear = 2026\ndate = \"2026-07-07\"\nby = \"市住房城乡建设局\"\n\
         [[pots]]\nid = \"county\"\namount = \"10000\"\nweights = {{ households = \"1\" }}\n\
         [[compounds]]\nid = \"{compound}\"\nname = \"{compound}\"\ncounty = \"{compound}\"\nplan = \"{plan}/plan.toml\"\n"
    );
    fs::write(name("改造计划.toml", "programme.toml"), programme).expect("a programme");
}

/// The words of a command as a shell takes them apart, without where its output goes.
pub(crate) fn words(command: &str) -> Vec<String> {
    let command = command.split(" > ").next().unwrap_or(command);
    let mut words = vec![String::new()];
    let mut quoted = false;
    for one in command.chars() {
        match one {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("a word").push(one),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_example_of_the_help_works_on_the_plan_that_new_makes() {
    for language in ["zh", "en"] {
        let folder = tempfile::tempdir().expect("a folder");
        give_files(folder.path(), language);
        let heading = if language == "zh" { "示例：" } else { "Example:" };
        let mut examples = Vec::new();
        for path in commands(language) {
            let help = help(language, &path);
            let shown = help.lines().skip_while(|line| *line != heading).skip(1);
            let shown: Vec<_> = shown.map(|line| line.trim().to_owned()).collect();
            assert!(!shown.is_empty(), "{path:?} has no example");
            examples.extend(shown);
        }
        // What others read is made first; what replaces the roster comes last.
        let first = [
            "fentan new",
            "fentan policy new",
            "fentan export",
            "fentan split",
            "fentan programme",
        ];
        examples.sort_by_key(|example| {
            let place = first.iter().position(|one| example.starts_with(one));
            (example.contains("--force"), place.unwrap_or(first.len()))
        });
        let mut done = BTreeSet::new();
        for example in examples {
            if !done.insert(example.clone()) {
                continue;
            }
            let words = words(&example);
            let (program, arguments) = words.split_first().expect("a command");
            assert_eq!(program, "fentan", "{example}");
            // Some write into a folder that another example has written into: each is tried alone.
            let force = example.starts_with("fentan split") || example.starts_with("fentan export");
            let answer = Command::new(env!("CARGO_BIN_EXE_fentan"))
                .args(arguments)
                .args(force.then_some("--force"))
                .current_dir(folder.path())
                .env("FENTAN_LANG", language)
                .stdin(Stdio::null())
                .output()
                .expect("the program starts");
            let (output, errors) =
                (String::from_utf8_lossy(&answer.stdout), String::from_utf8_lossy(&answer.stderr));
            assert_eq!(answer.status.code(), Some(0), "{example}\n{output}\n{errors}");
        }
        assert!(done.len() > 40, "{done:?}");
    }
}

/// What the system says of a file is said in Chinese, whatever it is.
#[test]
#[cfg(target_os = "linux")]
fn errors_of_the_system_are_told_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("plan.toml"), "fentan = 1\n").expect("a file");
    std::os::unix::fs::symlink(path("round"), path("round")).expect("a link");
    for (file, told) in [
        (path("missing.toml"), "没有这个文件或文件夹"),
        (path("plan.toml/plan.toml"), "不是文件夹"),
        (path(""), "是文件夹，不是文件"),
        (path("round"), "系统报告了错误 40"),
        ("/proc/self/mem".to_owned(), "系统报告了错误 5"),
    ] {
        let answer = fentan(&["check", &file]);
        assert_eq!((answer.status, answer.output.as_str()), (1, ""), "{file}");
        assert!(answer.errors.contains(told), "{file}: {}", answer.errors);
        assert!(!answer.errors.contains("os error"), "{}", answer.errors);
    }
}
