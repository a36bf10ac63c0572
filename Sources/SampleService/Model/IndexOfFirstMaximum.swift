/// The index of the highest value; of equals the first, as numpy's argmax and libsvm's vote have it.
///
/// The values must not be empty.
func indexOfFirstMaximum<Value: Comparable>(in values: [Value]) -> Int {
  values.indices.dropFirst().reduce(0) { values[$1] > values[$0] ? $1 : $0 }
}
