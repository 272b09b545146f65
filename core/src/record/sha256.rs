//! SHA-256 (FIPS 180-4), written for few bytes of code rather than for speed.

#[rustfmt::skip] // a table, eight to a row as in the standard
const ROUNDS: [u32; 64] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
];

const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The hash of a message, as eight words.
pub(super) fn sha256(message: &[u8]) -> [u32; 8] {
    let mut state = START;
    // The message, one bit, and the length in eight bytes, in whole blocks.
    let blocks = (message.len() + 72) / 64;
    for block in 0..blocks {
        let mut words = [0; 16];
        for (place, word) in words.iter_mut().enumerate() {
            for byte in 0..4 {
                let position = block * 64 + place * 4 + byte;
                let past = u8::from(position == message.len()) << 7;
                *word = *word << 8 | u32::from(message.get(position).copied().unwrap_or(past));
            }
        }
        if block + 1 == blocks {
            // Whatever is hashed here is shorter than half a gigabyte: the upper word of the length is 0.
            words[15] = (message.len() as u32) << 3;
        }
        compress(&mut state, words);
    }
    state
}

#[expect(clippy::indexing_slicing, reason = "masked to the array's length")]
fn compress(state: &mut [u32; 8], mut words: [u32; 16]) {
    let mut next = *state;
    for (round, constant) in ROUNDS.iter().enumerate() {
        let [a, b, c, d, e, f, g, h] = next;
        let word = words[round & 15];
        let one = h
            .wrapping_add(e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25))
            .wrapping_add(e & f ^ !e & g)
            .wrapping_add(*constant)
            .wrapping_add(word);
        let other = (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22)).wrapping_add(a & b ^ a & c ^ b & c);
        next = [one.wrapping_add(other), a, b, c, d.wrapping_add(one), e, f, g];
        // The word of sixteen rounds later takes this one's place.
        let (near, far) = (words[(round + 1) & 15], words[(round + 14) & 15]);
        words[round & 15] = word
            .wrapping_add(near.rotate_right(7) ^ near.rotate_right(18) ^ near >> 3)
            .wrapping_add(words[(round + 9) & 15])
            .wrapping_add(far.rotate_right(17) ^ far.rotate_right(19) ^ far >> 10);
    }
    for (sum, add) in state.iter_mut().zip(next) {
        *sum = sum.wrapping_add(add);
    }
}

#[cfg(test)]
mod tests {
    use alloc::{string::String, vec::Vec};

    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    use super::sha256;

    fn bytes(message: &[u8]) -> Vec<u8> {
        sha256(message).into_iter().flat_map(u32::to_be_bytes).collect()
    }

    fn hex(message: &[u8]) -> String {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('?');
        bytes(message).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    #[test]
    fn gives_the_standards_own_examples() {
        let examples = [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
            ),
        ];
        for (message, expected) in examples {
            assert_eq!(hex(message.as_bytes()), expected);
        }
        let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
        assert_eq!(hex(&[b'a'].repeat(1_000_000)), million);
    }

    #[test]
    fn pads_every_length_like_another_implementation() {
        for length in 0..200 {
            let message = [b'x'].repeat(length);
            assert_eq!(bytes(&message), Sha256::digest(&message)[..], "{length} bytes");
        }
    }

    proptest! {
        #[test]
        fn hashes_like_another_implementation(message: Vec<u8>) {
            prop_assert_eq!(&bytes(&message)[..], &Sha256::digest(&message)[..]);
        }
    }
}
