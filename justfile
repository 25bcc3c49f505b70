# Tasks for working on fonds. `just check` and .ci/run run the same checks.

# All checks: format, lints, tests, documentation, dependencies.
check:
    sh .ci/checks

# Check the properties on new random cases, many more than the tests do; `just properties dates` for some of them.
properties *ARGS:
    PROPTEST_CASES=4000 cargo test --test all -- {{ARGS}}

# Run the program in release mode.
run *ARGS:
    cargo run --release -- {{ARGS}}

# Draw the pictures of the README again.
pictures:
    FONDS_PICTURES=write cargo test --test all pictures

# Accept changed screens as the new snapshots; look at the differences first.
screens:
    INSTA_UPDATE=always cargo test --test all snapshots

# Known vulnerabilities in dependencies. Not part of `check`, because the result changes without a change here.
audit:
    cargo deny check advisories

# Compare fonds with similar programs over a million generated records; the report is Markdown. `--quick`
# takes a tenth of the records, `--large` five million too. `--against REVISION` compares the program with
# that of another revision of this repository instead. Best on a machine that does nothing else.
compare *ARGS:
    cargo run --release --locked --manifest-path compare/Cargo.toml -- {{ARGS}}

# Microbenchmarks of single components on a few thousand records; `just bench query` for some of them.
bench *ARGS:
    cargo bench --locked -- {{ARGS}}
