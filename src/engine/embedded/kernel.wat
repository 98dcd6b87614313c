;; The three innermost loops of retrieval: each is memory-bound arithmetic over millions of elements, where
;; WebAssembly takes a third of JavaScript's time. Everything around them is TypeScript.
;; Compiled by scripts/kernel/build-kernel.ts into kernel.generated.ts; a test checks that it is current.
(module
  (import "pharos" "memory" (memory 1))

  ;; Similarity of one question with many papers, on quantised vectors, 16 components a step.
  ;; Writes sums[i] = dot(query, codes[ids[i]]) for i in [0, count).
  ;; query: int16[dimensions] of at most 4,095; codes: int8 rows of `dimensions`; ids: uint32[count];
  ;; sums: int32[count]. `dimensions` is a multiple of 16. A sum cannot overflow for up to 4,096 components:
  ;; 4,096 * 127 * 4,095 < 2^31.
  (func (export "dotMany")
    (param $query i32) (param $codes i32) (param $dimensions i32)
    (param $ids i32) (param $count i32) (param $sums i32)
    (local $end i32) (local $row i32) (local $rowEnd i32) (local $q i32) (local $sum v128)
    (local $row2 i32) (local $low v128) (local $high v128) (local $sum2 v128)
    (local.set $end (i32.add (local.get $ids) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $ids) (local.get $end)))
        (local.set $row
          (i32.add (local.get $codes) (i32.mul (i32.load (local.get $ids)) (local.get $dimensions))))
        ;; Two rows at a time share the loads of the query; the last of an odd number is paired with itself.
        (local.set $ids (i32.add (local.get $ids) (i32.const 4)))
        (local.set $row2
          (if (result i32) (i32.lt_u (local.get $ids) (local.get $end))
            (then (i32.add (local.get $codes) (i32.mul (i32.load (local.get $ids)) (local.get $dimensions))))
            (else (local.get $row))))
        (local.set $rowEnd (i32.add (local.get $row) (local.get $dimensions)))
        (local.set $q (local.get $query))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $sum2 (v128.const i32x4 0 0 0 0))
        (loop $step
          (local.set $low (v128.load (local.get $q)))
          (local.set $high (v128.load offset=16 (local.get $q)))
          (local.set $sum
            (i32x4.add
              (local.get $sum)
              (i32x4.add
                (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row)) (local.get $low))
                (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $row)) (local.get $high)))))
          (local.set $sum2
            (i32x4.add
              (local.get $sum2)
              (i32x4.add
                (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row2)) (local.get $low))
                (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $row2)) (local.get $high)))))
          (local.set $row (i32.add (local.get $row) (i32.const 16)))
          (local.set $row2 (i32.add (local.get $row2) (i32.const 16)))
          (local.set $q (i32.add (local.get $q) (i32.const 32)))
          (br_if $step (i32.lt_u (local.get $row) (local.get $rowEnd))))
        (i32.store
          (local.get $sums)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
            (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))
        (br_if $done (i32.ge_u (local.get $ids) (local.get $end)))
        (i32.store offset=4
          (local.get $sums)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $sum2)) (i32x4.extract_lane 1 (local.get $sum2)))
            (i32.add (i32x4.extract_lane 2 (local.get $sum2)) (i32x4.extract_lane 3 (local.get $sum2)))))
        (local.set $ids (i32.add (local.get $ids) (i32.const 4)))
        (local.set $sums (i32.add (local.get $sums) (i32.const 8)))
        (br $next))))

  ;; BM25 over one run of postings [at, end), in the encoding of posting-lists.ts; the byte at `end` is readable:
  ;; scores[docId] += factor * tf / (tf + norms[docId]); scores and norms are float32 by docId.
  (func (export "addPostings")
    (param $at i32) (param $end i32) (param $factor f32) (param $scores i32) (param $norms i32)
    (local $doc4 i32) (local $byte i32) (local $value i32) (local $shift i32) (local $tf f32) (local $rare i32)
    (local $score i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $value (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (if (i32.ge_u (local.get $value) (i32.const 128))
          (then
            (local.set $value (i32.and (local.get $value) (i32.const 127)))
            (local.set $shift (i32.const 7))
            (loop $more
              (local.set $byte (i32.load8_u (local.get $at)))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (local.set $value
                (i32.or
                  (local.get $value)
                  (i32.shl (i32.and (local.get $byte) (i32.const 127)) (local.get $shift))))
              (local.set $shift (i32.add (local.get $shift) (i32.const 7)))
              (br_if $more (i32.ge_u (local.get $byte) (i32.const 128))))))
        ;; docIds are kept times four, as byte offsets.
        (local.set $doc4
          (i32.add (local.get $doc4) (i32.shl (i32.shr_u (local.get $value) (i32.const 1)) (i32.const 2))))
        ;; `rare` is all ones when a frequency byte follows and zero when the term occurs once. One term in three
        ;; occurs more than once, which no branch predictor can guess, so there is no branch.
        (local.set $rare (i32.sub (i32.and (local.get $value) (i32.const 1)) (i32.const 1)))
        (local.set $tf
          (f32.convert_i32_u
            (i32.add
              (i32.const 1)
              (i32.and (i32.sub (i32.load8_u (local.get $at)) (i32.const 1)) (local.get $rare)))))
        (local.set $at (i32.sub (local.get $at) (local.get $rare)))
        (local.set $score (i32.add (local.get $scores) (local.get $doc4)))
        (f32.store
          (local.get $score)
          (f32.add
            (f32.load (local.get $score))
            (f32.div
              (f32.mul (local.get $factor) (local.get $tf))
              (f32.add (local.get $tf) (f32.load (i32.add (local.get $norms) (local.get $doc4)))))))
        (br $next))))

  ;; Walks docIds [from, to), both multiples of four: writes to `found` those that are allowed and score above the
  ;; threshold, and returns (number found, number allowed that score above 0).
  ;; scores: float32 by docId; allowed: one byte, 0 or 1, by docId; found: room for (to - from) uint32.
  (func (export "collect")
    (param $from i32) (param $to i32) (param $threshold f32)
    (param $scores i32) (param $allowed i32) (param $found i32)
    (result i32 i32)
    (local $total i32) (local $mask i32) (local $out i32) (local $score v128) (local $ok v128)
    (local $least v128)
    (local.set $least (f32x4.splat (local.get $threshold)))
    (local.set $out (local.get $found))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $score (v128.load (i32.add (local.get $scores) (i32.shl (local.get $from) (i32.const 2)))))
        ;; Four bytes of `allowed`, each widened to a lane of all ones or all zeros.
        (local.set $ok
          (i32x4.ne
            (v128.const i32x4 0 0 0 0)
            (i32x4.extend_low_i16x8_u
              (i16x8.extend_low_i8x16_u
                (v128.load32_zero (i32.add (local.get $allowed) (local.get $from)))))))
        (local.set $total
          (i32.add
            (local.get $total)
            (i32.popcnt
              (i32x4.bitmask
                (v128.and
                  (local.get $ok)
                  (f32x4.gt (local.get $score) (v128.const f32x4 0 0 0 0)))))))
        (local.set $mask
          (i32x4.bitmask (v128.and (local.get $ok) (f32x4.gt (local.get $score) (local.get $least)))))
        (if (local.get $mask)
          (then
            (loop $lane
              (i32.store (local.get $out) (i32.add (local.get $from) (i32.ctz (local.get $mask))))
              (local.set $out (i32.add (local.get $out) (i32.const 4)))
              (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
              (br_if $lane (local.get $mask)))))
        (local.set $from (i32.add (local.get $from) (i32.const 4)))
        (br $next)))
    (i32.shr_u (i32.sub (local.get $out) (local.get $found)) (i32.const 2))
    (local.get $total)))
