package io.tributary.batch.lake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.OptionalLong;

/** Where the files of a lake are. Keys are paths within the lake, with slashes. */
interface LakeStorage {

    /**
     * The files below a directory with their sizes, hidden ones too; where directories exist by themselves,
     * these as well, with a slash at their ends.
     *
     * @param prefix ends in a slash, or is empty
     */
    default NavigableMap<String, Long> list(String prefix) throws IOException {
        return list(prefix, prefix, behind(prefix));
    }

    /** The same of the keys behind one and before another, in the order of texts; some more may be among them. */
    NavigableMap<String, Long> list(String prefix, String after, String before) throws IOException;

    /** What no key below a directory reaches. */
    static String behind(String prefix) {
        return prefix + Character.MAX_VALUE;
    }

    /**
     * The files of a name in the directories some levels below another, each with a text that differs when its content
     * does; and the directories without one, with a slash at their ends and an empty text.
     */
    NavigableMap<String, String> versions(String directory, int levels, String name) throws IOException;

    InputStream read(String key) throws IOException;

    /** Empty when there is no such file. */
    OptionalLong size(String key) throws IOException;

    /**
     * Makes a whole file visible in one step, unless one is there.
     *
     * @return whether it was put
     */
    boolean putIfAbsent(String key, byte[] bytes) throws IOException;

    /** Makes a copy of a local file visible in one step, in place of one that is there. */
    void putFile(String key, Path file) throws IOException;

    /** Deletes a file, if there is one. */
    void delete(String key) throws IOException;

    /** A local file of the same content: the file itself, or a copy in the directory, which has none of its name. */
    Path fetch(String key, Path directory) throws IOException;

    /** The name of a file by which people find it. */
    String describe(String key);
}
