//! Orders the functions of a wasm by similarity: similar neighbours compress best.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, VecDeque},
};

use anyhow::Result;
use wasm_encoder::{NameMap, NameSection};
use wasmparser::{Payload, TypeRef};

use crate::wasm;

/// How many bytes a piece of code has that is looked for in other functions.
const PIECE: usize = 4;
/// The pieces of a function that are compared: those with the smallest hashes, so that the same ones are chosen everywhere.
const SAMPLE: usize = 250;
/// How many functions of about the same length are compared with the last one.
const CANDIDATES: usize = 400;

const WORDS: usize = 128;
/// A set of the hashes of a function's pieces, modulo its number of bits.
type Fingerprint = [u64; WORDS];

struct Function<'a> {
    index: u32,
    body: &'a [u8],
    fingerprint: Fingerprint,
}

/// Returns the wasm with names for its functions that sort in an order of similarity, within each signature. The pass
/// `--reorder-functions-by-name` of `wasm-opt` then moves the functions.
pub fn named(wasm: &[u8]) -> Result<Vec<u8>> {
    let (mut first, mut signatures, mut bodies) = (0, Vec::new(), Vec::new());
    let mut module = wasm::copy(wasm, |payload, _| {
        match payload {
            Payload::CustomSection(_) => return Ok(true),
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    first += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::FunctionSection(functions) => signatures = functions.into_iter().collect::<Result<_, _>>()?,
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
        Ok(false)
    })?;
    let mut groups: BTreeMap<u32, Vec<Function<'_>>> = BTreeMap::new();
    for ((index, body), signature) in (first..).zip(bodies).zip(signatures) {
        groups.entry(signature).or_default().push(Function { index, body, fingerprint: fingerprint(body) });
    }
    let mut places: Vec<(u32, usize)> = groups.into_values().flat_map(by_similarity).zip(0..).collect();
    places.sort_unstable();
    let mut names = NameMap::new();
    for (index, place) in places {
        names.append(index, &format!("{place:06}"));
    }
    let mut section = NameSection::new();
    section.functions(&names);
    module.section(&section);
    Ok(module.finish())
}

/// Starts with the shortest function. The next is always the one of the shortest that are left which is most like the last.
fn by_similarity(mut functions: Vec<Function<'_>>) -> Vec<u32> {
    functions.sort_unstable_by_key(|function| (function.body.len(), function.body));
    let mut left: VecDeque<Function<'_>> = functions.into();
    let mut order = Vec::new();
    let mut last = left.pop_front();
    while let Some(function) = last {
        order.push(function.index);
        // The first of the most alike, which is the shortest of them.
        let best = left
            .iter()
            .take(CANDIDATES)
            .enumerate()
            .max_by_key(|(at, candidate)| (likeness(&function.fingerprint, &candidate.fingerprint), Reverse(*at)));
        last = best.map(|(at, _)| at).and_then(|at| left.remove(at));
    }
    order
}

fn fingerprint(body: &[u8]) -> Fingerprint {
    let hash = |piece: &[u8]| {
        // FNV-1a, with its high bits mixed into the low ones.
        let hash = piece
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        (hash ^ (hash >> 32)) & 0xffff_ffff
    };
    let mut hashes: Vec<u64> = body.windows(PIECE).map(hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let mut fingerprint = [0; WORDS];
    for hash in hashes.into_iter().take(SAMPLE) {
        if let Some(word) = fingerprint.get_mut((hash >> 6) as usize % WORDS) {
            *word |= 1 << (hash % 64);
        }
    }
    fingerprint
}

/// How much of both functions is the same, in thousandths.
fn likeness(left: &Fingerprint, right: &Fingerprint) -> u32 {
    let (mut common, mut all) = (0, 0);
    for (left, right) in left.iter().zip(right) {
        common += (left & right).count_ones();
        all += (left | right).count_ones();
    }
    common * 1000 / all.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(index: u32, body: &'static [u8]) -> Function<'static> {
        Function { index, body, fingerprint: fingerprint(body) }
    }

    #[test]
    fn similar_functions_become_neighbours() {
        let functions = vec![
            function(3, b"the budget of a workspace"),
            function(4, b"members join and leave it."),
            function(5, b"the budget of a workspace!!"),
            function(6, b"members join and leave it...."),
        ];
        assert_eq!(by_similarity(functions), [3, 5, 4, 6]);
    }

    #[test]
    fn each_function_of_a_wasm_gets_a_name_of_its_own() -> Result<()> {
        use wasm_encoder::{CodeSection, FunctionSection, Module, TypeSection};
        let (mut types, mut functions, mut code) = (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        types.ty().function([], []);
        for _ in 0..3 {
            functions.function(0);
            let mut function = wasm_encoder::Function::new([]);
            function.instructions().end();
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&code);
        let named = named(&module.finish())?;
        let text = String::from_utf8_lossy(&named);
        assert!(["000000", "000001", "000002"].iter().all(|name| text.contains(name)), "{text}");
        Ok(())
    }
}
