//! Options, exit status and output of every command.

use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{DAY, SiteTest, tree};

#[test]
fn help_names_every_command_and_the_exit_status() {
    let done = SiteTest::bare().run(&["--help"]).expect_ok();
    for word in
        ["init", "build", "serve", "check", "annotate", "people", "publish", "eval", "new", "completions"]
    {
        assert!(done.stdout.contains(&format!("\n  {word}")), "{word} in\n{}", done.stdout);
    }
    assert!(done.stdout.contains("Exit status:\n  0  all is well\n"));
    assert_eq!(done.stderr, "");
}

#[test]
fn every_command_has_help_of_its_own() {
    let site = SiteTest::bare();
    for command in ["build", "check", "annotate", "people", "publish", "eval", "init", "new", "completions"] {
        let done = site.run(&[command, "--help"]).expect_ok();
        assert!(done.stdout.contains("Usage: dateline"), "{command}");
        let long = done.stdout.lines().count();
        assert!(long > 8, "{command} says {long} lines");
    }
}

#[test]
fn a_wrong_command_line_is_status_2() {
    let site = SiteTest::new();
    for wrong in [
        &["bild"][..],
        &["build", "--as-of", "yesterday"],
        &["build", "--base-url", "news.example"],
        &["build", "--threads", "0"],
        &["annotate"],
        &["annotate", "--jsonl", "x.txt"],
        &["annotate", "not-there.txt"],
        &["build", "--root", "nowhere"],
    ] {
        let done = site.run(wrong).expect_code(2);
        assert!(done.stdout.is_empty() && !done.stderr.is_empty(), "{wrong:?}");
    }
}

#[test]
fn a_folder_without_content_says_what_to_do() {
    let _ = SiteTest::bare().build().expect_code(2).stderr_is(
        "dateline: . has no content/ folder, so there is no site to read; `dateline init` lays one down\n",
    );
}

#[test]
fn the_output_never_mixes_with_the_sources() {
    let site = SiteTest::new().good();
    for folder in [".", "..", "content", "static/x"] {
        let done = site.run(&["build", "--output", folder]).expect_code(2);
        assert!(done.stderr.starts_with("dateline: the output folder "), "{}", done.stderr);
    }
    let _ = site.run(&["build", "--output", "dist/site"]).expect_ok();
    assert!(site.root().join("dist/site/index.html").is_file());
}

#[test]
fn warnings_count_where_they_are_denied() {
    let site = SiteTest::new()
        .good()
        .file("content/w.md", "+++\ntitle = \"W\"\ndate = 2025-12-06\ntopcis = []\n+++\n\nOSLO - Rain.\n");
    let _ = site.build().expect_ok().says("F005", "content/w.md:4:1");
    let _ = site.run(&["build", "--deny-warnings", "--as-of", DAY]).expect_code(1);
    let _ = site.run(&["check", "--deny-warnings", "--as-of", DAY]).expect_code(1);
    let quiet = site.run(&["build", "-q", "--as-of", DAY]).expect_ok();
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
}

#[test]
fn editors_get_one_object_a_line() {
    let site = SiteTest::new().good().file("content/bad.md", "+++\ntitle = \"No end\"\n");
    let done = site.run(&["build", "--format", "json", "--as-of", DAY]).expect_code(1);
    assert_eq!(done.stderr, "");
    let objects: Vec<Value> = done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let bad = objects.iter().find(|o| o["code"] == "F001").unwrap();
    assert_eq!((bad["path"].as_str(), bad["line"].as_u64()), (Some("content/bad.md"), Some(1)));
    assert_eq!(bad["severity"], "error");
}

#[test]
fn the_day_comes_from_the_option_then_from_the_environment() {
    let site = SiteTest::new().good();
    let built = |arguments: &[&str], epoch: &str| {
        let output = site.command(arguments).env("SOURCE_DATE_EPOCH", epoch).output().unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    assert!(built(&["build"], "1767225600").contains(" as of 2026-01-01 →"));
    assert!(built(&["build", "--as-of", "2026-03-04"], "1767225600").contains(" as of 2026-03-04 →"));
    let wrong = "dateline: SOURCE_DATE_EPOCH is `soon`, which is no number of seconds since 1970\n";
    assert_eq!(built(&["build"], "soon"), wrong);
}

#[test]
fn timings_name_every_stage() {
    let done = SiteTest::new().good().run(&["build", "--timings", "--as-of", DAY]).expect_ok();
    let stages: Vec<&str> = done.stderr.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(stages, ["walk", "annotate", "library", "render", "write"]);
}

#[test]
fn check_writes_nothing() {
    let site = SiteTest::new().good();
    let before = site.tree(".");
    let done = site.check().expect_ok();
    assert!(done.stdout.starts_with("Checked 1 brief on "), "{}", done.stdout);
    assert_eq!(site.tree("."), before);
}

#[test]
fn annotate_shows_words_without_their_markup() {
    let story = "+++\ntitle = \"The wall\"\ndate = 2024-03-04\n+++\n[Ann Lee](https://example.org/lee) said on *Friday* that **the [old wall](https://example.org/wall)** would hold.\n";
    let site = SiteTest::bare().file("story.md", story);
    let done = site.run(&["annotate", "--explain", "story.md"]).expect_ok();
    for part in ["    that the old wall would hold\n", "who    “Ann Lee” names the speaker\n"] {
        assert!(done.stdout.contains(part), "{part}: {}", done.stdout);
    }
    assert!(!done.stdout.contains(['*', '[', ']']), "{}", done.stdout);
}

#[test]
fn annotate_explains_itself() {
    let story = "+++\ntitle = \"The wall\"\ndate = 2024-03-04\n+++\nAnn Lee, the mayor, said on Friday that the wall would hold. “It is old,” she added.\n\nThe critics: “It leaks.”\n";
    let site = SiteTest::bare().file("story.md", story);
    let done = site.run(&["annotate", "--explain", "story.md"]).expect_ok();
    let lines = |from: &str| {
        let block = done.stdout.split_once(from).unwrap_or_else(|| panic!("{from}: {}", done.stdout)).1;
        let told = block.lines().skip(2).take_while(|line| line.starts_with("      "));
        told.map(str::trim_start).collect::<Vec<_>>().join("\n")
    };
    let tagged = lines("    “It is old,”");
    assert_eq!(lines("    “It is old,”").lines().count(), 4, "{tagged}");
    for part in [
        "found  a rule",
        "by “added”\n",
        "who    “she” is taken for the nearest speaker who fits\n",
        "when   the day of the remarks beside it by the same speaker\n",
        "at or above the site's 80 %",
    ] {
        assert!(tagged.contains(part), "{part}: {tagged}");
    }
    assert!(lines("    that the wall would hold").contains("when   the words beside the cue tell the day\n"));
    let laid_out = lines("    “It leaks.”");
    assert!(
        laid_out.starts_with("found  layout alone: a transcript line, a colon or a dash\n"),
        "{laid_out}"
    );
    let plain = site.run(&["annotate", "story.md"]).expect_ok();
    assert!(!plain.stdout.contains("found  "), "{}", plain.stdout);
    let message = "dateline: --explain is for people to read: leave --format out, or say --format text\n";
    let _ = site
        .run(&["annotate", "--explain", "--format", "json", "story.md"])
        .expect_code(2)
        .stderr_is(message);
    // What an editor says needs no other reason.
    site.write("story.notes.toml", "[[notes]]\nquotation = \"It is old,\"\nspeaker = \"Ann Lee\"\n");
    let done = site.run(&["annotate", "--explain", "story.md"]).expect_ok();
    assert!(done.stdout.contains("      found  an editor's note says so\n"), "{}", done.stdout);
}

#[test]
fn annotate_lists_who_said_what_and_when() {
    let site = SiteTest::new().file(
        "story.txt",
        "date 2025-12-06 \n\nHarbour opens\n\nOSLO - \"The bridge is open,\" harbour master Ada Moreno said on Friday.\n",
    );
    let done = site.run(&["annotate", "story.txt"]).expect_ok();
    for part in [
        "story.txt: Harbour opens",
        "2025-12-06 · OSLO",
        "Ada Moreno",
        "The bridge is open",
        "said 2025-12-05",
        "Dates",
    ] {
        assert!(done.stdout.contains(part), "no `{part}` in\n{}", done.stdout);
    }
    let json = site.run(&["annotate", "--format", "json", "story.txt"]).expect_ok();
    let record: Value = serde_json::from_str(json.stdout.trim_end()).unwrap();
    assert_eq!((record["schema"].as_u64(), record["date"].as_str()), (Some(1), Some("2025-12-06")));
    assert_eq!(record["quotes"][0]["speaker"]["name"], "Ada Moreno");
    assert!(record["text"].as_str().unwrap().starts_with("date 2025-12-06 "));
    let html = site.run(&["annotate", "--format", "html", "story.txt"]).expect_ok();
    assert!(html.stdout.contains("id=\"q-") && !html.stdout.contains("<html"), "{}", html.stdout);
}

#[test]
fn annotate_takes_a_date_for_files_without_one() {
    let site = SiteTest::new().file("story.txt", "OSLO - \"It is open,\" Ada Moreno said on Friday.\n");
    let done = site.run(&["annotate", "--date", "2025-12-06", "story.txt"]).expect_ok();
    assert!(done.stdout.contains("said 2025-12-05"), "{}", done.stdout);
}

#[test]
fn json_lines_are_answered_in_order_and_a_bad_one_stops_nothing() {
    let input = concat!(
        r#"{"id":"a","text":"\"It is open,\" Ada Moreno said on Friday.","date":"2025-12-06","title":null}"#,
        "\n{\"id\":\"b\",\n\n",
        r#"{"id":"c"}"#,
        "\n",
        r#"{"id":"d","text":"Nothing.","date":null,"title":null}"#,
    );
    let done = SiteTest::new().pipe(&["annotate", "--jsonl"], input.as_bytes()).expect_code(1);
    let lines: Vec<Value> = done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4, "{}", done.stdout);
    assert_eq!((lines[0]["id"].as_str(), lines[0]["schema"].as_u64()), (Some("a"), Some(1)));
    assert_eq!(lines[0]["quotes"][0]["said_on"], "2025-12-05");
    assert!(lines[0].get("text").is_none());
    assert_eq!((&lines[1]["id"], lines[1]["error"]["line"].as_u64()), (&Value::Null, Some(2)));
    assert_eq!((lines[2]["id"].as_str(), lines[2]["error"]["line"].as_u64()), (Some("c"), Some(4)));
    assert_eq!(lines[3]["id"], "d");
}

#[test]
fn an_answer_comes_before_the_next_line_is_sent() {
    use std::io::{BufRead as _, BufReader, Write as _};
    let site = SiteTest::new();
    let mut command = site.command(&["annotate", "--jsonl"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for id in ["one", "two"] {
        writeln!(stdin, r#"{{"id":"{id}","text":"Rain.","date":null,"title":null}}"#).unwrap();
        stdin.flush().unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains(&format!("\"id\":\"{id}\"")), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_is_no_error() {
    let text = "{\"id\":\"a\",\"text\":\"Rain.\",\"date\":null,\"title\":null}\n".repeat(4000);
    let site = SiteTest::new().file("in.jsonl", text);
    let input = fs::File::open(site.root().join("in.jsonl")).unwrap();
    let mut command = site.command(&["annotate", "--jsonl"]);
    let mut child = command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""));
}

#[test]
fn people_prints_lines_and_accepts_them_once() {
    let site = SiteTest::new().good().file("people.toml", "# ours\n");
    let printed = site.run(&["people", "--as-of", DAY]).expect_ok();
    assert!(
        printed.stdout.contains("[[person]]\nid = \"ada-moreno\"\nname = \"Ada Moreno\"\n"),
        "{}",
        printed.stdout
    );
    assert_eq!(fs::read_to_string(site.root().join("people.toml")).unwrap(), "# ours\n");
    let accepted = site.run(&["people", "--accept", "--as-of", DAY]).expect_ok();
    assert_eq!(accepted.stdout, "Added 1 speaker to people.toml\n");
    let register = fs::read_to_string(site.root().join("people.toml")).unwrap();
    assert!(register.starts_with("# ours\n\n[[person]]\n"), "{register}");
    let again = site.run(&["people", "--accept", "--as-of", DAY]).expect_ok();
    assert_eq!((again.stdout.as_str(), again.stderr.as_str()), ("", "people.toml knows every speaker\n"));
    assert_eq!(fs::read_to_string(site.root().join("people.toml")).unwrap(), register);
    let _ = site.build().expect_ok();
}

#[test]
fn init_lays_down_a_site_that_builds_without_a_word() {
    let site = SiteTest::bare();
    let _ = site.run(&["init", "mine"]).expect_ok();
    let done = site.run(&["build", "--root", "mine", "--deny-warnings"]).expect_ok();
    assert_eq!(done.stderr, "");
    assert!(site.root().join("mine/public/speakers/ada-moreno/index.html").is_file());
    assert!(site.root().join("mine/public/about/index.html").is_file());
    let _ = site.run(&["check", "--root", "mine", "--deny-warnings"]).expect_ok();
}

#[test]
fn init_lays_down_workflows_whose_commands_exist() {
    for (host, path) in [("github-pages", ".github/workflows/pages.yml"), ("gitlab-pages", ".gitlab-ci.yml")]
    {
        let site = SiteTest::bare();
        let _ = site.run(&["init", "--workflow", host]).expect_ok();
        let text = fs::read_to_string(site.root().join(path)).unwrap();
        let _: Value = serde_saphyr::from_str(&text).unwrap();
        assert!(text.contains(&format!("--version {} --locked", env!("CARGO_PKG_VERSION"))), "{text}");
        let build = text.lines().find_map(|line| line.split_once("dateline build ")).unwrap().1;
        let address = build.strip_prefix("--base-url \"").and_then(|rest| rest.strip_suffix("/\"")).unwrap();
        assert!(address.starts_with('$'));
        let _ = site.run(&["build", "--base-url", "https://user.example/repo/"]).expect_ok();
        assert!(
            tree(&site.root().join("public"))["index.html"].windows(14).any(|part| part == b"/repo/site.css")
        );
    }
}

#[test]
fn init_changes_nothing_that_is_there() {
    let site = SiteTest::bare().file("dateline.toml", "title = \"Mine\"\n");
    let done = site.run(&["init"]).expect_ok();
    assert!(done.stdout.contains("kept "), "{}", done.stdout);
    assert_eq!(fs::read_to_string(site.root().join("dateline.toml")).unwrap(), "title = \"Mine\"\n");
    let before = site.tree(".");
    let _ = site.run(&["init"]).expect_ok();
    assert_eq!(site.tree("."), before);
}

#[test]
fn new_starts_a_brief_and_never_overwrites_one() {
    let site = SiteTest::new();
    let done = site.run(&["new", "Harbour \"bridge\" reopens", "--date", "2025-12-06"]).expect_ok();
    assert_eq!(done.stdout.replace('\\', "/"), "content/harbour-bridge-reopens.md\n");
    let text = fs::read_to_string(site.root().join("content/harbour-bridge-reopens.md")).unwrap();
    assert!(text.contains("\ndate = 2025-12-06\n"), "{text}");
    let again = site.run(&["new", "Harbour bridge reopens"]).expect_code(2);
    assert_eq!(
        again.stderr.replace('\\', "/"),
        "dateline: ./content/harbour-bridge-reopens.md is there already\n"
    );
    let _ = site.run(&["new", "wire/story.txt", "--date", "2025-12-06"]).expect_ok();
    assert!(
        fs::read_to_string(site.root().join("content/wire/story.txt"))
            .unwrap()
            .starts_with("date 2025-12-06\n")
    );
    let _ = site.run(&["new", "../outside.md"]).expect_code(2);
    let _ = site.build().expect_ok();
}

#[test]
fn completions_are_there_for_every_shell() {
    let site = SiteTest::bare();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(site.run(&["completions", shell]).expect_ok().stdout.contains("annotate"), "{shell}");
    }
}
