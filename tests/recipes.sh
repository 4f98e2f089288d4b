#!/usr/bin/env bash
# Follows recipes of CONTRIBUTING.md in a copy of the tree: a vendor's CSV, a hash scheme, a check of
# data alone, a check with code. Fails where the tests do not take them up, or where a recipe has
# touched more than its row of the table allows. Usage: tests/recipes.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}/recipes
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

mkdir "$copy/tree"
if git -C "$root" rev-parse --is-inside-work-tree >/dev/null 2>&1; then
  (cd "$root" && git ls-files -z --cached --others --exclude-standard) \
    | (cd "$root" && while IFS= read -r -d '' file; do [ -e "$file" ] && printf '%s\0' "$file"; done) \
    | tar -C "$root" --null --files-from=- -cf - | tar -C "$copy/tree" -xf -
else
  tar -C "$root" --exclude=./target -cf - . | tar -C "$copy/tree" -xf -
fi
cd "$copy/tree"
export CARGO_TARGET_DIR=$target
git init -q .
commit() { git add -A && git -c user.name=recipe -c user.email=recipe@localhost commit -q -m "$1"; }
commit before

tests() { cargo test --locked --quiet "$@" >"$copy/log" 2>&1 || { cat "$copy/log"; return 1; }; }

# touched NAME PATTERN...: what changed since the last commit is within the patterns, and is then
# committed.
touched() {
  local name=$1 file pattern allowed count=0
  shift
  while IFS= read -r file; do
    allowed=no
    for pattern in "$@"; do
      # shellcheck disable=SC2053 # the pattern is one
      [[ $file == $pattern ]] && allowed=yes
    done
    [ $allowed = yes ] || { echo "recipe '$name' touches $file"; exit 1; }
    count=$((count + 1))
  done < <(git -c core.quotepath=off status --porcelain --untracked-files=all | cut -c4-)
  [ "$count" -gt 0 ] || { echo "recipe '$name' touches nothing"; exit 1; }
  commit "$name"
  echo "ok: $name ($count files)"
}

# lines FILE N: no more than N lines were added, none taken away.
lines() {
  local added removed rest
  read -r added removed rest < <(git diff --numstat -- "$1")
  [ "$added" -le "$2" ] && [ "$removed" = 0 ] || { echo "$1: +$added -$removed"; exit 1; }
}

# words TITLE: the sentences that every rule file carries.
words() {
  cat <<RULE

[ja]
title = "$1"
why = "試しのルールです。"
evidence = "設定されている"
remedy = "設定を外してください。"

[en]
title = "$1"
why = "A rule for trial."
evidence = "it is set"
remedy = "Take it off."
RULE
}

# ---- a vendor's CSV
cat >rules/sources/sakura-emr.toml <<'RULE'
# The user list of an electronic medical record system that does not exist.
name = "sakura-emr"
makes = "accounts"
kind = "ecarte"
product = "sakura-emr"
folders = ["ecarte"]
system = "file"
signature = ["桜利用者符号", "桜権限"]
required = ["login"]
unverified = true

[columns]
login = ["桜利用者符号"]
name = ["桜氏名"]
role = ["桜権限"]
disabled = ["桜停止"]
last-use = ["桜最終使用"]
RULE
site=fixtures/sources/sakura-emr/plain/site/ecarte
mkdir -p "$site"
printf '桜利用者符号,桜氏名,桜権限,桜停止,桜最終使用\ns001,山田 太郎,管理者,0,2026/11/01\ns002,佐藤 花子,一般,1,R7.3.28\n' \
  >"$site/users.csv"
UPDATE=1 tests --test sources
tests --test sources
grep -q '^site,ecarte,users,s002,.*,no,no,,2025-03-28,' fixtures/sources/sakura-emr/plain/accounts.csv
touched "vendor CSV" 'rules/sources/sakura-emr.toml' 'fixtures/sources/sakura-emr/*'

# ---- a hash scheme
cat >src/credential/scheme/sakura_md5.rs <<'RULE'
//! MD5 of `sakura:` and the password, in hex: a scheme for trial.

use crate::credential::batch::{Digests, WordBatch};
use crate::credential::hex;
use crate::credential::scheme::{Body, KnownAnswer, Parsed, Refusal, Scheme, Stored, Unsalted};
use md5::{Digest, Md5};

pub(super) struct SakuraMd5;

impl Scheme for SakuraMd5 {
    fn names(&self) -> &'static [&'static str] {
        &["sakura-md5"]
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        hex::digest(stored.bytes, 16).map(Parsed::Digest).ok_or(Refusal::Shape)
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] =
            &[KnownAnswer::new("ANSWER", "hatoba")];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Unsalted(self)
    }
}

impl Unsalted for SakuraMd5 {
    fn family(&self) -> &'static str {
        "sakura-md5"
    }

    fn width(&self) -> usize {
        16
    }

    fn digests(&self, words: &WordBatch, out: &mut Digests) {
        out.reset(words.len(), 16);
        for (index, word) in words.iter().enumerate() {
            out.set(index, &Md5::new().chain_update(b"sakura:").chain_update(word).finalize());
        }
    }
}
RULE
answer=$(printf 'sakura:hatoba' | md5sum | cut -c1-32)
sed -i "s/ANSWER\"/$answer\"/" src/credential/scheme/sakura_md5.rs
sed -i 's/^mod raw_md5;$/&\nmod sakura_md5;/; s/^    ("raw_md5", .*$/&\n    ("sakura_md5", \&sakura_md5::SakuraMd5),/' \
  src/credential/scheme/mod.rs
lines src/credential/scheme/mod.rs 2
tests --lib credential::
touched "hash scheme" 'src/credential/scheme/sakura_md5.rs' 'src/credential/scheme/mod.rs'

# fixture CASE HEADER ROW...: a directory export of a rule's case.
fixture() {
  mkdir -p "fixtures/rules/$id/$1/ad"
  local file=fixtures/rules/$id/$1/ad/users.csv row
  echo "SamAccountName,SID,DistinguishedName,Enabled,$2" >"$file"
  shift 2
  for row in "$@"; do echo "$row" >>"$file"; done
}
account() { echo "$1,S-1-5-21-1-2-3-$2,\"CN=$1,DC=corp,DC=byoin,DC=example\",True,$3"; }

# rules_hold: the rule's fixtures are written, mean what their folder says, and are stable.
rules_hold() {
  UPDATE=1 tests --test rules
  tests --test rules
  tests --lib
  grep -q '^new,corp.byoin.example,hit$' "fixtures/rules/$id/fires/expected.csv"
}

# ---- a check that is a conjunction of flags
id=FLAG-90
{
  printf 'id = "FLAG-90"\nslug = "recipe-des-only"\nseverity = "low"\nsystems = ["directory"]\n'
  printf 'needs = ["des-only"]\nwhen = ["account", "enabled", "des-only"]\n'
  words "Recipe: DES only"
} >rules/checks/FLAG-90-recipe-des-only.toml
fixture fires userAccountControl "$(account hit 1104 2097664)" "$(account other 1105 512)"
fixture silent userAccountControl "$(account other 1104 512)"
fixture unknown whenCreated "$(account other 1104 2020/04/01)"
rules_hold
touched "data check" 'rules/checks/FLAG-90-*.toml' 'fixtures/rules/FLAG-90/*' 'docs/rules.md'

# ---- a check with code
id=LIFE-90
cat >src/audit/check/lifecycle/life_90.rs <<'RULE'
//! LIFE-90: an end so far ahead that it is none. A check for trial.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, End};

/// The check.
pub(crate) struct FarEnd;

impl PerAccount<1> for FarEnd {
    const THRESHOLDS: [&'static str; 1] = ["days"];

    fn judge(&self, account: &AccountView<'_>, [days]: [i32; 1]) -> Verdict {
        match account.expires() {
            Some(End::On(end)) if -account.days_since(end) > days => {
                Verdict::Finding(Found::days("days-to-end", -account.days_since(end), end))
            }
            _ => Verdict::Pass,
        }
    }
}
RULE
sed -i 's/^mod life_21;$/&\nmod life_90;/; s/^    ("LIFE-21", .*$/&\n    ("LIFE-90", \&ByAccount(life_90::FarEnd)),/' \
  src/audit/check/lifecycle/mod.rs
lines src/audit/check/lifecycle/mod.rs 2
{
  printf 'id = "LIFE-90"\nslug = "recipe-far-end"\nseverity = "low"\nsystems = ["directory"]\n'
  printf 'needs = ["expires"]\n\n[thresholds]\ndays = 3650\n'
  words "Recipe: an end far ahead"
} >rules/checks/LIFE-90-recipe-far-end.toml
fixture fires AccountExpirationDate "$(account hit 1104 2050/04/01)" "$(account other 1105 2027/04/01)"
fixture silent AccountExpirationDate "$(account other 1104 2027/04/01)"
fixture unknown whenCreated "$(account other 1104 2020/04/01)"
rules_hold
tests --test architecture
touched "coded check" 'src/audit/check/lifecycle/life_90.rs' 'src/audit/check/lifecycle/mod.rs' 'rules/checks/LIFE-90-*.toml' \
  'fixtures/rules/LIFE-90/*' 'docs/rules.md'
