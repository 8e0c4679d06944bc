"""Push endpoints that somebody wrote to make this server call a place of their choosing (reliability T11)."""

REAL = "fcm.googleapis.com"


def endpoints(port: int) -> list[str]:
    """Sixty of them; those that name a port name the one a test listens on."""
    return [
        f"http://127.0.0.1:{port}/",
        f"https://127.0.0.1:{port}/",
        "https://127.0.0.1/",
        f"https://localhost:{port}/x",
        "https://localhost/x",
        f"https://[::1]:{port}/x",
        "https://[::1]/x",
        f"https://[::ffff:127.0.0.1]:{port}/x",
        f"https://0.0.0.0:{port}/",
        f"https://127.1:{port}/",
        f"https://0x7f.1:{port}/",
        f"https://2130706433:{port}/",
        f"https://0177.0.0.1:{port}/",
        f"https://127。0。0。1:{port}/",
        f"https://{REAL}\\@127.0.0.1:{port}/x",
        f"https://{REAL}@127.0.0.1:{port}/x",
        f"https://{REAL}:443@127.0.0.1:{port}/x",
        f"https://user:word@{REAL}/x",
        f"https://127.0.0.1:{port}\\@{REAL}/x",
        f"https://127.0.0.1:{port}#@{REAL}/x",
        f"https://127.0.0.1:{port}/{REAL}",
        f"https://127.0.0.1:{port}?{REAL}",
        f"https://{REAL}:{port}/x",
        f"https://{REAL}:80/x",
        f"https://{REAL}:0/x",
        f"https://{REAL}:99999/x",
        f"https://{REAL}:443:{port}/x",
        f"https://{REAL}:-1/x",
        f"https://{REAL}.evil.example/x",
        f"https://evil{REAL}/x",
        f"https://evil.example/{REAL}/x",
        "https://googleapis.com/x",
        f"https://{REAL}./x",
        f"https://.{REAL}/x",
        f"https://a..{REAL}/x",
        f"https://-a.{REAL}/x",
        f"https://a_b.{REAL}/x",
        f"https://xn--{REAL}％2eevil.example/x",
        "https://ⓕcm.googleapis.com/x",
        "https://fcm。googleapis。com/x",
        "https://fcm.googleapis.com\u200b/x",
        f"https://{REAL} /x",
        f" https://{REAL}/x",
        f"https://{REAL}/x\r\nX-More: 1",
        f"https://{REAL}/x y",
        f"https://{REAL}/\u0000",
        f"https://{REAL}/" + "x" * 2048,
        f"HTTPS://{REAL}/x",
        f"https:/{REAL}/x",
        f"https:{REAL}/x",
        f"https:///{REAL}/x",
        f"//{REAL}/x",
        f"{REAL}/x",
        "ftp://fcm.googleapis.com/x",
        "file:///etc/passwd",
        "gopher://127.0.0.1:11211/_stats",
        "javascript:alert(1)",
        "data:text/plain,hello",
        "https://169.254.169.254/latest/meta-data/",
        "",
    ]


UNNAMEABLE = [
    *(f"https://{'a' * length}.notify.windows.com/x" for length in (62, 63, 64, 65, 200)),
    *(
        f"https://{name}.notify.windows.com/x"
        for name in ("xn--0", "xn--a-ecp", "xn--", "xn--zz--zz", "a--b", "1", "0x7f")
    ),
    "https://" + "a." * 110 + "push.apple.com/x",
    "https://fcm.googleapis.com/" + "%00%0d%0a" * 20,
    "https://fcm.googleapis.com/?" + "?&=" * 600,
]
"""Names and paths under permitted hosts that nobody has: allowed or not, they must not make anything stumble."""

INNER_ADDRESSES = [
    *(
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.0.0.5",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
    ),
    *("100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1"),
    *("255.255.255.255", "192.88.99.1", "::1", "::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "fe80::1"),
    *("fc00::1", "fd12::1", "fec0::1", "ff02::1", "64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1"),
    *("2001::1", "2001:db8::1", "2001:10::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "fe80::1%lo"),
    *("not-an-address", ""),
]
"""What a permitted name may suddenly lead to."""

PUBLIC_ADDRESSES = ["34.107.243.93", "142.250.74.106", "17.188.143.34", "8.8.8.8", "2a00:1450:4001:831::200a"]
