import fc from 'fast-check';

// Under mutation testing every test runs thousands of times: a property has a fixed seed and a short time.
fc.configureGlobal({ seed: 1, interruptAfterTimeLimit: 250, skipAllAfterTimeLimit: 250, markInterruptAsFailure: false });
