//! Files as offices make them, each read to what it must be: `tests/files/README.md` says what makes
//! each of them hard.

use fentan_tests::office_files;

#[test]
fn every_file_is_read_to_what_it_holds() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for file in office_files() {
            let told = file.told(fentan_import::open(file.bytes));
            insta::assert_snapshot!(format!("files__{}", file.name), told);
            // The browser's test takes what is expected from there.
            assert_eq!(file.expected().map(str::trim_end), Some(told.trim_end()));
        }
    });
}
