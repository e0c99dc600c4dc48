#!/usr/bin/env bash
# Installs notebook from an archive, checks and builds a notebook, and publishes it if NOTEBOOK_BRANCH names a branch.
# action.yml (GitHub) and docs/publish.md (GitLab) run it; tests/ci_script.rs tests it.
set -euo pipefail

archive=${NOTEBOOK_ARCHIVE:?"set it to the address or path of the archive of a notebook release"}
file=${NOTEBOOK_FILE:-notebook.md}
out=${NOTEBOOK_OUT:-dist}
deny=()
if [ "${NOTEBOOK_DENY_WARNINGS:-false}" = true ]; then deny=(--deny warnings); fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
case $archive in
  http://* | https://*) curl --fail --silent --show-error --location --retry 3 --output "$folder/notebook.tar.gz" "$archive" ;;
  *) cp "$archive" "$folder/notebook.tar.gz" ;;
esac
if [ -n "${NOTEBOOK_SHA256:-}" ]; then
  found=$(sha256sum "$folder/notebook.tar.gz" 2>/dev/null || shasum -a 256 "$folder/notebook.tar.gz")
  if [ "${found%% *}" != "$NOTEBOOK_SHA256" ]; then
    echo "error: the archive has the checksum ${found%% *}, not $NOTEBOOK_SHA256" >&2
    exit 1
  fi
fi
mkdir "$folder/notebook"
tar -xzf "$folder/notebook.tar.gz" --strip-components=1 -C "$folder/notebook"
unset NOTEBOOK_FILE
export PATH="$folder/notebook:$PATH"

notebook --version
# Bash 3 of macOS takes an empty list for an unset variable.
notebook build "$file" --out "$out" ${deny[@]+"${deny[@]}"}
if [ -n "${NOTEBOOK_BRANCH:-}" ]; then
  notebook publish gh-pages --branch "$NOTEBOOK_BRANCH" --from "$out"
fi
