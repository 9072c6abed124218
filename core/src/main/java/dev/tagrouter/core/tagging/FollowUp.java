package dev.tagrouter.core.tagging;

/**
 * Knows turns that have no content of their own: they answer, thank or ask to go on, and are about whatever they follow.
 *
 * <p>Such a turn is made of nothing but the phrases below, in English, Chinese or both, after folding (lower case,
 * full-width to ASCII, everything but letters and digits taken as a space, apostrophes dropped). What says anything more
 * ("now in French", "shorter please", "why?") is no such turn.
 */
final class FollowUp {
    /** One less than the bits of a long; longer turns have content. */
    private static final int MOST_CHARACTERS = 63;

    private static final char FIRST_CJK = '\u2E80';

    private static final String[] PHRASES = """
            ok;okay;k;kk;yes;yeah;yep;yup;sure;of course;absolutely;exactly;correct;alright;all right;right;fine;no;nope
            please;pls;plz;thanks;thank you;thankyou;thx;ty;tysm;cheers;a lot;a ton;so much;very much;many thanks
            great;cool;nice;perfect;awesome;amazing;excellent;wonderful;brilliant;good;very good;well done;good job
            great job;nice work;good work;great work;love it;i love it;i like it;looks good;sounds good;sounds great
            that works;that helps;very helpful;this is great;this is perfect;thats great;thats perfect;thats right
            got it;i got it;i see;understood;i understand;makes sense;that makes sense;thats all;that is all
            continue;go on;go ahead;go;carry on;keep going;proceed;move on;and then;and;then;next;next one;next please
            more;some more;tell me more;show me more;give me more;one more;another;another one;anything else;what else
            again;once more;try again;retry;regenerate;do it;do that;do so;go for it;lets go;lets do it
            hm;hmm;mm;mhm;ah;aha;oh;wow;lol;haha;for now
            继续;请;接着;往下;说;写;讲;下去;吧;啊;呀;了;哦;噢;嗯;谢谢;谢;你;您;多谢;感谢;非常;十分;太;很;真;好;好的;行;可以;是;是的
            对;对的;没错;没问题;没事;不;不是;不用;不用了;不需要;明白;明白了;知道了;懂了;了解;收到;当然;同意;确定;更多;多说点;再来一个;再来
            再试一次;重试;还有吗;还有呢;还有;然后;然后呢;呢;下一个;下一步;不错;很棒;棒;厉害;完美;哈哈;哈;辛苦
            繼續;請;接著;說;寫;講;謝謝;謝;謝謝你;對;對的;沒錯;沒問題;沒事;當然;確定;多謝;感謝;還有嗎;還有呢;還有;然後;然後呢;再試一次
            """.split("[;\n]");

    private FollowUp() {}

    /** Whether the turn has no content of its own; a blank one has none either. */
    static boolean isEmpty(String turn) {
        char[] folded = new char[MOST_CHARACTERS];
        int length = 0;
        boolean gap = false;
        for (int i = 0; i < turn.length(); ) {
            int c = turn.codePointAt(i);
            i += Character.charCount(c);
            if (c >= '\uFF01' && c <= '\uFF5E') {
                c -= 0xFEE0;
            }
            if (!Character.isLetterOrDigit(c)) {
                gap |= c != '\'' && c != '\u2019';
                continue;
            }
            int needed = gap && length > 0 ? 2 : 1;
            if (length + needed > MOST_CHARACTERS || c > Character.MAX_VALUE) {
                return false;
            }
            if (needed == 2) {
                folded[length++] = ' ';
            }
            folded[length++] = (char) Character.toLowerCase(c);
            gap = false;
        }
        return isMadeOfPhrases(folded, length);
    }

    private static boolean isMadeOfPhrases(char[] folded, int length) {
        // Bit i: phrases reach up to i. All ways of parting are followed at once, so no text makes it slow.
        long reached = 1;
        for (int at = 0; at < length && reached >>> at != 0; at++) {
            if ((reached >>> at & 1) == 0) {
                continue;
            }
            for (String phrase : PHRASES) {
                int end = at + phrase.length();
                if (end <= length && stands(phrase, folded, at) && isBoundary(folded, end, length)) {
                    reached |= 1L << (end < length && folded[end] == ' ' ? end + 1 : end);
                }
            }
        }
        return (reached >>> length & 1) == 1;
    }

    private static boolean stands(String phrase, char[] folded, int at) {
        for (int i = 0; i < phrase.length(); i++) {
            if (folded[at + i] != phrase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Words end at a space; Chinese has none. */
    private static boolean isBoundary(char[] folded, int end, int length) {
        return end == length || folded[end] == ' ' || folded[end] >= FIRST_CJK || folded[end - 1] >= FIRST_CJK;
    }
}
