// libtorch has one random number generator and one count of tensors for the whole process
[assembly: CollectionBehavior(DisableTestParallelization = true)]
