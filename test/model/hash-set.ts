/** A set of hashes (whole numbers, 0 to 2^53) in 8 to 16 bytes each, where a Set takes about 60. */
export class HashSet {
  #slots = new Float64Array(1 << 16);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** False when it was there already. */
  add(hash: number): boolean {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    if (!put(this.#slots, hash)) return false;
    this.#size += 1;
    return true;
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2);
    for (const value of this.#slots) if (value !== 0) put(larger, value - 1);
    this.#slots = larger;
  }
}

/** Open addressing; 0 is a free slot, so that every hash is kept one higher. */
function put(slots: Float64Array, hash: number): boolean {
  const value = hash + 1;
  let index = hash % slots.length;
  while (slots[index] !== 0) {
    if (slots[index] === value) return false;
    index = (index + 1) % slots.length;
  }
  slots[index] = value;
  return true;
}
