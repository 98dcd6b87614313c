/** The nearest neighbours of one paper among a few, from a row of their similarities. */

/**
 * The places of the `limit` highest similarities above 0, highest first, but never `except`. Ties keep the lower
 * place first. By insertion: few enter, so that a hundred rows of a hundred take a tenth of a millisecond.
 */
export function nearestPlaces(
  similarities: Float32Array,
  { except, limit }: { readonly except: number; readonly limit: number },
): Uint16Array {
  const places = new Uint16Array(limit);
  let size = 0;
  // What is not above this does not enter any more.
  let least = 0;
  for (let place = 0; limit > 0 && place < similarities.length; place++) {
    const similarity = similarities[place] ?? 0;
    if (similarity <= least || place === except) continue;
    // Where all places are taken, the last one makes room.
    insert(places, size < limit ? size++ : limit - 1, { place, similarities });
    if (size === limit) least = similarities[places[limit - 1] ?? 0] ?? 0;
  }
  return places.subarray(0, size);
}

/** Moves up, by one from `at` on, all that are less near, and puts the place before them. */
function insert(
  places: Uint16Array,
  at: number,
  { place, similarities }: { readonly place: number; readonly similarities: Float32Array },
): void {
  const similarity = similarities[place] ?? 0;
  let to = at;
  for (; to > 0; to--) {
    const before = places[to - 1] ?? 0;
    if ((similarities[before] ?? 0) >= similarity) break;
    places[to] = before;
  }
  places[to] = place;
}
