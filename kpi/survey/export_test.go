package survey

// Student gives the tests the quantile behind the margin of effort scores.
var Student = student
