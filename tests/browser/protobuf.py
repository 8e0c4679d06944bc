"""Just enough protobuf to speak with Chromium's push client."""


def varint(n):
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes([*out, n])


def field(number, value):
    """A field with a whole number, a text or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def fixed64(number, value):
    return varint(number << 3 | 1) + value.to_bytes(8, "little")


def read_varint(read):
    """The next varint of a stream; raises IndexError at its end."""
    n = shift = 0
    while True:
        byte = read(1)[0]
        n |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return n
