package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.learning.JudgedSet;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A lesson as the learner reads it. */
final class LessonSet implements JudgedSet {
    static final String NAME = "lesson";

    private final Lesson lesson;

    LessonSet(Lesson lesson) {
        this.lesson = lesson;
    }

    @Override
    public Description description() {
        Map<String, Price> prices = new HashMap<>();
        for (int m = 0; m < lesson.modelCount(); m++) {
            prices.put(lesson.models().get(m), lesson.prices().get(m));
        }
        return new Description(
                NAME, lesson.models(), prices, lesson.models().get(lesson.dearest()), lesson.tieMargin(), "evaluation");
    }

    @Override
    public void read(Sink sink) throws IOException {
        for (Judged row : lesson.judged()) {
            sink.accept(row);
        }
    }
}
