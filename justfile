# What one does with fonds while working on it. `just check` and .ci/run run the same lines.

# All checks: format, lints, tests, documentation, and what may be in the tree.
check:
    sh .ci/checks

# Run the program, as released.
run *ARGS:
    cargo run --release -- {{ARGS}}

# Write the pictures of the README anew.
pictures:
    FONDS_PICTURES=write cargo test --test all pictures

# Take over the screens that have changed, after looking at the difference.
screens:
    INSTA_UPDATE=always cargo test --test all journeys

# Known faults in crates; apart from `check`, since it changes without a change of ours.
audit:
    cargo deny check advisories

# fonds beside its peers, over a million generated records, as Markdown; `--quick` for a tenth of
# them, `--large` for five million too. Best on a machine that does nothing else.
compare *ARGS:
    cargo run --release --locked --manifest-path compare/Cargo.toml -- {{ARGS}}

# The parts one by one, on a few thousand records; `just bench query` for some of them.
bench *ARGS:
    cargo bench --locked -- {{ARGS}}
