//! Writes the texts that the app fetches: a folder for each language, a file for each part of the catalogue.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use seatwise_domain::Language;
use seatwise_domain::texts::{
    BETWEEN, activity, desk, entrance, help, importing, look, notices, palette, problems, screens, settings, syncing,
};

type Entry = (&'static str, &'static str, &'static [&'static str]);

/// The parts of a catalogue, each as one text.
fn texts(name: &str, parts: &[(&str, &[&str])], templates: impl Iterator<Item = Entry>) -> Vec<(String, String)> {
    let templates: Vec<&str> = templates.map(|(_, template, _)| template).collect();
    let mut rest = templates.as_slice();
    parts
        .iter()
        .map(|(part, keys)| {
            let (these, others) = rest.split_at(keys.len());
            rest = others;
            let file = if part.is_empty() { name.to_owned() } else { format!("{name}-{part}") };
            (file, these.join(&BETWEEN.to_string()))
        })
        .collect()
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        eprintln!("Say the folder that the texts go to.");
        return ExitCode::FAILURE;
    };
    for language in Language::ALL.iter().copied() {
        let files = [
            texts("activity", activity::ActivityTexts::PARTS, activity::ActivityTexts::of(language).templates()),
            texts("screens", screens::Screens::PARTS, screens::Screens::of(language).templates()),
            texts("desk", desk::Desk::PARTS, desk::Desk::of(language).templates()),
            texts("entrance", entrance::EntranceTexts::PARTS, entrance::EntranceTexts::of(language).templates()),
            texts("importing", importing::Importing::PARTS, importing::Importing::of(language).templates()),
            texts("look", look::LookTexts::PARTS, look::LookTexts::of(language).templates()),
            texts("settings", settings::SettingsTexts::PARTS, settings::SettingsTexts::of(language).templates()),
            texts("notices", notices::NoticeTexts::PARTS, notices::NoticeTexts::of(language).templates()),
            texts("problems", problems::Problems::PARTS, problems::Problems::of(language).templates()),
            texts("palette", palette::PaletteTexts::PARTS, palette::PaletteTexts::of(language).templates()),
            texts("help", help::HelpTexts::PARTS, help::HelpTexts::of(language).templates()),
            texts("syncing", syncing::SyncTexts::PARTS, syncing::SyncTexts::of(language).templates()),
        ];
        let folder = folder.join(language.as_str());
        for (name, text) in files.into_iter().flatten() {
            if let Err(error) = fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(format!("{name}.txt")), text)) {
                eprintln!("{}: {error}", folder.display());
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
