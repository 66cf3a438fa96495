package bulk

// Coded learns a coding from a sample and gives the codes of texts, and the texts of
// these codes; or false if that cannot be done.
func Coded(sample, texts []string) (codes []uint64, back []string, ok bool) {
	var seen survey
	if !seen.see(sample) {
		return nil, nil, false
	}
	c, ok := seen.coding()
	if !ok {
		return nil, nil, false
	}
	codes, back = make([]uint64, len(texts)), make([]string, len(texts))
	if !c.encode(texts, codes) {
		return nil, nil, false
	}
	c.decode(codes, back)
	return codes, back, true
}

// Matched numbers things by code, where different things may share one.
func Matched(codes []uint64, things []string) []uint32 {
	var t table
	t.empty()
	var first []int
	numbers := make([]uint32, len(codes))
	for i, code := range codes {
		numbers[i] = t.match(code, func(n uint32) bool { return things[first[n]] == things[i] })
		if int(numbers[i]) == len(first) {
			first = append(first, i)
		}
	}
	return numbers
}
