package io.tributary.aws;

/**
 * How many records a publisher was given and what became of them, without the records.
 *
 * @param taken how many it has taken, to send them
 * @param refused how many it has not, as they were too large, had a value without a text, or its buffer was full
 * @param acknowledged how many of the taken the stream has confirmed
 * @param retried how many times a record was sent once more
 * @param possibleDuplicates how many of the acknowledged may be on the stream more than once
 */
public record PublisherTally(long taken, long refused, long acknowledged, long retried, long possibleDuplicates) {}
