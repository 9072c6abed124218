package dev.tagrouter.benchmarks.load;

/**
 * What came of many streams at once; the warm-up is not in it.
 *
 * @param streams how many ran at a time
 * @param ended how many ended well
 * @param failed how many were answered with another status than 200 or lost their connection
 * @param perSecond events a second, all streams together
 * @param first from a request to its first event
 * @param gap from one event of a stream to its next
 */
public record StreamResult(
        int streams, long ended, long failed, double perSecond, LoadResult.Spread first, LoadResult.Spread gap) {}
