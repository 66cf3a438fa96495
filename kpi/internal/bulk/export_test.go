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
