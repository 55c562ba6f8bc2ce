#!/usr/bin/env bash
# Translates the site in the working folder; commits and pushes after every BATCH articles.
#
#   translate-and-commit.sh FOLDER      FOLDER holds the programs translate-pipeline and python
#
# From the environment: BATCH, BRANCH, COMMIT_MESSAGE, COMMIT_NAME, COMMIT_EMAIL, and where they
# are not empty MAX_BATCHES, TO, BACKEND, MODEL, MAX_COST. GITHUB_OUTPUT gets `commits=N`.
#
# The law: what was paid for is on the remote before more is paid for. It ends when nothing is
# left, when a batch changes nothing, or when the remote takes no commit; its exit code is that
# of the last `translate-pipeline translate`, or 1.
set -uo pipefail

readonly bin=$1 attempts=5
readonly rescue="translate-pipeline/run-${GITHUB_RUN_ID:-$$}"
export GIT_AUTHOR_NAME=$COMMIT_NAME GIT_AUTHOR_EMAIL=$COMMIT_EMAIL
export GIT_COMMITTER_NAME=$COMMIT_NAME GIT_COMMITTER_EMAIL=$COMMIT_EMAIL

arguments=(translate --json "--max-articles=$BATCH")
[ -z "${TO:-}" ] || arguments+=("--to=$TO")
[ -z "${BACKEND:-}" ] || arguments+=("--backend=$BACKEND")
[ -z "${MODEL:-}" ] || arguments+=("--model=$MODEL")
[ -z "${MAX_COST:-}" ] || arguments+=("--max-cost=$MAX_COST")

commits=0 token="" rebased=""
result=$(mktemp)
trap 'rm -f "$result"' EXIT

finish() { # CODE [MESSAGE]
  [ -z "${2:-}" ] || printf '%s\n' "$2" >&2
  [ -z "${GITHUB_OUTPUT:-}" ] || printf 'commits=%s\n' "$commits" >>"$GITHUB_OUTPUT"
  exit "$1"
}

# What the run prints comes from articles and models: between these lines GitHub takes none of
# it for a command.
translate() {
  token=$("$bin/python" -c 'import secrets; print(secrets.token_hex(16))') || return 1
  printf '::stop-commands::%s\n' "$token"
  "$bin/translate-pipeline" "${arguments[@]}" >"$result"
  local code=$?
  cat "$result"
  printf '\n::%s::\n' "$token"
  return "$code"
}

# Something if more is left to do: what --max-articles left over, or a run that ended early.
more() {
  "$bin/python" -c 'import json, sys
told = json.load(open(sys.argv[1], encoding="utf-8"))
print(told.get("stopped") or told.get("totals", {}).get("left_over") or "")' "$result" 2>/dev/null
}

# Others may push meanwhile: our commits then go on top of theirs. Where both changed one file,
# a person has to choose; ours goes to a branch of its own, for it is paid for.
push() {
  local attempt
  rebased=""
  for ((attempt = 1; attempt <= attempts; attempt++)); do
    git push --quiet origin "HEAD:refs/heads/$BRANCH" && return 0
    ((attempt == attempts)) || sleep $((attempt * 2))
    git fetch --quiet origin "refs/heads/$BRANCH" || continue
    if ! git rebase --quiet FETCH_HEAD; then
      git rebase --abort
      break
    fi
    rebased=1
  done
  if git push --quiet origin "HEAD:refs/heads/$rescue"; then
    echo "the branch $BRANCH took no commit; the translations are on $rescue: merge it" >&2
  fi
  return 1
}

while :; do
  translate
  code=$?
  # The caches and the lock stay out, whatever the site's .gitignore says.
  git add --all -- . ':(exclude,glob)**/.translate-pipeline/*.sqlite*' \
    ':(exclude,glob)**/.translate-pipeline/lock' ||
    finish 1 "git could not add the translations; see above"
  if git diff --cached --quiet; then
    [ -z "$(more)" ] || finish 1 "this batch changed nothing although more is left; see above"
    finish "$code"
  fi
  git commit --quiet --message "$COMMIT_MESSAGE" || finish 1 "git could not commit; see above"
  push || finish 1
  commits=$((commits + 1))
  # 2 and more: the next batch would fail in the same way. What others pushed is new work.
  if ((code > 1)) || [ -z "$(more)$rebased" ]; then finish "$code"; fi
  if [ -n "${MAX_BATCHES:-}" ] && ((commits >= MAX_BATCHES)); then finish 0; fi
done
