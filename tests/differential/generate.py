#!/usr/bin/env python3
"""Writes stored forms of random words as other programs make them: crypt(3), openssl, passlib,
argon2-cffi. One line each: scheme, outside parameter, word (hexadecimal), source, stored form.
What is not installed is named on stderr and left out; the seed makes two runs equal.

Usage: generate.py [--seed N] [--rows N] [--slow N]
"""
import argparse
import ctypes
import ctypes.util
import random
import subprocess
import sys
import warnings

warnings.filterwarnings("ignore")
LETTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PRINTABLE = "".join(map(chr, range(33, 127)))
JAPANESE = "ぱすわーど病院看護師カルテ漢字é"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--rows", type=int, default=12, help="rows of each cheap form")
    parser.add_argument("--slow", type=int, default=3, help="rows of each dear form")
    return parser.parse_args()


class Maker:
    def __init__(self, args):
        self.random = random.Random(args.seed)
        self.rows, self.slow = args.rows, args.slow
        self.missing = []

    def word(self, least=1, most=40, alphabet=None):
        """Mostly printable ASCII, now and then Japanese, of any length."""
        if alphabet is None:
            alphabet = PRINTABLE + " " + (JAPANESE if self.random.random() < 0.2 else "")
        size = self.random.choice([least, self.random.randint(least, most), most])
        return "".join(self.random.choice(alphabet) for _ in range(size))

    def letters(self, count):
        return "".join(self.random.choice(LETTERS) for _ in range(count))

    def raw(self, count):
        return bytes(self.random.randrange(256) for _ in range(count))

    def out(self, scheme, stored, word, source, outside=""):
        print(scheme, outside, word.encode().hex(), source, stored, sep="\t")


def crypt3(maker):
    """crypt(3) of the C library, through ctypes."""
    name = ctypes.util.find_library("crypt")
    if name is None:
        maker.missing.append("crypt(3): no libcrypt")
        return
    crypt = ctypes.CDLL(name).crypt
    crypt.restype, crypt.argtypes = ctypes.c_char_p, [ctypes.c_char_p, ctypes.c_char_p]
    b64 = lambda count: maker.letters(count)
    # The last letter of 16 bytes in letters of six bits holds two of them.
    yescrypt = lambda: b64(21) + maker.random.choice("./01")
    bcrypt = lambda: "".join(maker.random.choice(LETTERS) for _ in range(21)) + maker.random.choice(".Oeu")
    forms = [
        ("descrypt", maker.rows, lambda: b64(2), 40),
        ("bsdi-des", maker.rows, lambda: "_" + maker.random.choice("/13579") + b64(1) + ".." + b64(4), 40),
        ("md5crypt", maker.rows, lambda: "$1$" + b64(maker.random.randint(1, 8)), 40),
        ("sha256crypt", maker.slow, lambda: "$5$" + b64(maker.random.randint(1, 16)), 100),
        ("sha256crypt", maker.slow, lambda: "$5$rounds=%d$" % maker.random.randint(1000, 3000) + b64(16), 100),
        ("sha512crypt", maker.slow, lambda: "$6$" + b64(maker.random.randint(1, 16)), 150),
        ("sha512crypt", maker.slow, lambda: "$6$rounds=%d$" % maker.random.randint(1000, 3000) + b64(16), 150),
        ("bcrypt", maker.slow, lambda: "$2b$04$" + bcrypt(), 90),
        ("bcrypt", maker.slow, lambda: "$2a$04$" + bcrypt(), 30),
        ("bcrypt", maker.slow, lambda: "$2y$05$" + bcrypt(), 72),
        ("yescrypt", maker.slow, lambda: "$y$j75$" + yescrypt(), 60),
        ("yescrypt", 1, lambda: "$y$j9T$" + yescrypt(), 60),
        ("scrypt-$7$", maker.slow, lambda: "$7$86..../...." + b64(14), 60),
    ]
    for scheme, count, salt, most in forms:
        for _ in range(count):
            word, setting = maker.word(most=most), salt()
            stored = crypt(word.encode(), setting.encode())
            if stored is None or stored.startswith(b"*"):
                maker.missing.append(f"crypt(3): {scheme}")
                break
            maker.out(scheme, stored.decode(), word, "crypt(3)")


def openssl(maker):
    forms = [
        ("md5crypt", "-1", 8, maker.rows),
        ("apr1", "-apr1", 8, maker.rows),
        ("sha256crypt", "-5", 16, maker.slow),
        ("sha512crypt", "-6", 16, maker.slow),
    ]
    for scheme, option, salt, count in forms:
        for _ in range(count):
            word = maker.word(most=60, alphabet=PRINTABLE)
            command = ["openssl", "passwd", option, "-salt", maker.letters(salt), "-stdin"]
            try:
                made = subprocess.run(command, input=word.encode(), capture_output=True)
            except FileNotFoundError:
                maker.missing.append("openssl: not installed")
                return
            if made.returncode != 0:
                maker.missing.append(f"openssl passwd {option}")
                break
            maker.out(scheme, made.stdout.decode().strip(), word, "openssl")


def passlib(maker):
    try:
        from passlib import hash as h
    except ImportError:
        maker.missing.append("passlib: not installed")
        return
    text = maker.letters
    name = lambda: maker.word(3, 12, "abcdefghijklmnop0123456789").strip()
    rows, slow = maker.rows, maker.slow
    plain = [
        ("descrypt", rows, lambda w: h.des_crypt.using(salt=text(2)).hash(w), 20),
        ("bsdi-des", rows, lambda w: h.bsdi_crypt.using(salt=text(4), rounds=maker.random.randrange(1, 99, 2)).hash(w), 40),
        ("md5crypt", rows, lambda w: h.md5_crypt.using(salt=text(8)).hash(w), 40),
        ("apr1", rows, lambda w: h.apr_md5_crypt.using(salt=text(8)).hash(w), 40),
        ("sha256crypt", slow, lambda w: h.sha256_crypt.using(salt=text(16), rounds=1500).hash(w), 100),
        ("sha512crypt", slow, lambda w: h.sha512_crypt.using(salt=text(16), rounds=1500).hash(w), 150),
        ("bcrypt", slow, lambda w: h.bcrypt.using(salt=text(21) + ".", rounds=4).hash(w), 72),
        ("phpass", slow, lambda w: h.phpass.using(salt=text(8), rounds=8).hash(w), 40),
        ("passlib-pbkdf2-sha256", slow, lambda w: h.pbkdf2_sha256.using(salt=maker.raw(16), rounds=500).hash(w), 100),
        ("passlib-pbkdf2-sha1", slow, lambda w: h.pbkdf2_sha1.using(salt=maker.raw(16), rounds=500).hash(w), 100),
        ("passlib-pbkdf2-sha512", slow, lambda w: h.pbkdf2_sha512.using(salt=maker.raw(16), rounds=500).hash(w), 150),
        ("ldap-pbkdf2-sha1", slow, lambda w: h.ldap_pbkdf2_sha1.using(salt=maker.raw(16), rounds=500).hash(w), 100),
        ("ldap-pbkdf2-sha256", slow, lambda w: h.ldap_pbkdf2_sha256.using(salt=maker.raw(16), rounds=500).hash(w), 100),
        ("ldap-pbkdf2-sha512", slow, lambda w: h.ldap_pbkdf2_sha512.using(salt=maker.raw(16), rounds=500).hash(w), 100),
        ("django-pbkdf2", slow, lambda w: h.django_pbkdf2_sha256.using(salt=text(12).replace(".", "a").replace("/", "b"), rounds=500).hash(w), 100),
        ("scrypt", slow, lambda w: h.scrypt.using(salt=maker.raw(16), rounds=6).hash(w), 60),
        ("ldap-sha", rows, h.ldap_sha1.hash, 80),
        ("ldap-md5", rows, h.ldap_md5.hash, 80),
        ("ldap-ssha", rows, lambda w: h.ldap_salted_sha1.using(salt=maker.raw(8)).hash(w), 80),
        ("ldap-smd5", rows, lambda w: h.ldap_salted_md5.using(salt=maker.raw(8)).hash(w), 80),
        ("ldap-ssha256", rows, lambda w: h.ldap_salted_sha256.using(salt=maker.raw(8)).hash(w), 80),
        ("ldap-ssha512", rows, lambda w: h.ldap_salted_sha512.using(salt=maker.raw(8)).hash(w), 80),
        ("ldap-crypt", rows, lambda w: h.ldap_md5_crypt.using(salt=text(8)).hash(w), 40),
        ("ldap-crypt", rows, lambda w: h.ldap_des_crypt.using(salt=text(2)).hash(w), 8),
        ("raw-md5", rows, h.hex_md5.hash, 80),
        ("raw-md4", rows, h.hex_md4.hash, 80),
        ("raw-sha1", rows, h.hex_sha1.hash, 80),
        ("raw-sha256", rows, h.hex_sha256.hash, 80),
        ("raw-sha512", rows, h.hex_sha512.hash, 150),
        ("nt", rows, h.nthash.hash, 60),
        ("mysql323", rows, h.mysql323.hash, 30),
        ("mysql41", rows, h.mysql41.hash, 60),
        ("mssql2005", rows, lambda w: h.mssql2005.using(salt=maker.raw(4)).hash(w), 60),
        ("mssql2000", rows, lambda w: h.mssql2000.using(salt=maker.raw(4)).hash(w), 60),
        ("oracle-11g", rows, lambda w: h.oracle11.using(salt=maker.raw(10).hex().upper()).hash(w), 30),
        ("cisco-type7", rows, lambda w: h.cisco_type7.using(salt=maker.random.randrange(52)).hash(w), 40),
    ]
    ascii_only = {"cisco-type7", "lm"}
    for scheme, count, make, most in plain:
        for _ in range(count):
            word = maker.word(most=most, alphabet=PRINTABLE if scheme in ascii_only else None)
            while len(word.encode()) > 72 and scheme == "bcrypt":
                word = word[:-1]
            maker.out(scheme, make(word), word, "passlib")
    for _ in range(rows):
        word = maker.word(most=14, alphabet=PRINTABLE)
        maker.out("lm", h.lmhash.hash(word), word, "passlib")
        maker.out("asa-pix-md5", h.cisco_asa.hash(word), word, "passlib")
    salted = [
        ("dcc", rows, h.msdcc, 60),
        ("dcc2", slow, h.msdcc2, 60),
        ("oracle-10g", rows, h.oracle10, 20),
        ("postgres-md5", rows, h.postgres_md5, 60),
        ("asa-md5", rows, h.cisco_asa, 32),
        ("asa-md5", rows, h.cisco_pix, 16),
    ]
    for scheme, count, handler, most in salted:
        for _ in range(count):
            word, user = maker.word(most=most, alphabet=PRINTABLE), name()
            stored = handler.hash(word, user=user)
            if scheme == "dcc2":
                stored = f"$DCC2$10240#{user}#{stored}"
            maker.out(scheme, stored, word, "passlib", user)


def argon2(maker):
    try:
        from argon2.low_level import Type, hash_secret
    except ImportError:
        maker.missing.append("argon2-cffi: not installed")
        return
    for kind, scheme in [(Type.ID, "argon2id"), (Type.I, "argon2i"), (Type.D, "argon2d")]:
        for _ in range(maker.slow):
            word, lanes = maker.word(), maker.random.randint(1, 4)
            stored = hash_secret(
                word.encode(), maker.raw(16), time_cost=maker.random.randint(1, 3),
                memory_cost=maker.random.randint(64, 600), parallelism=lanes,
                hash_len=maker.random.choice([16, 32, 64]), type=kind)
            maker.out(scheme, stored.decode(), word, "argon2-cffi")


def main():
    maker = Maker(arguments())
    for source in (crypt3, openssl, passlib, argon2):
        source(maker)
    for reason in dict.fromkeys(maker.missing):
        print(f"left out: {reason}", file=sys.stderr)


main()
