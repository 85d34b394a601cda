package io.tributary.examples.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands that stand together in the guide, and what their output must contain.
 *
 * @param where {@code laptop} or {@code aws}
 */
record GuideBlock(String where, List<String> commands, List<String> expected) {
    private static final Pattern BLOCK =
            Pattern.compile("^```sh (\\w+)\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");

    static List<GuideBlock> of(String guide) {
        try {
            List<GuideBlock> blocks = new ArrayList<>();
            Matcher block = BLOCK.matcher(Files.readString(Path.of(guide)));
            while (block.find()) {
                blocks.add(new GuideBlock(
                        block.group(1),
                        block.group(2).replace("\\\n", " ").lines().toList(),
                        block.group(3) == null
                                ? List.of()
                                : block.group(3).lines().toList()));
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<GuideBlock> of(String guide, String where) {
        return of(guide).stream().filter(block -> block.where().equals(where)).toList();
    }

    /** The words of a command, without their quotes. */
    static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group().replaceAll("^(['\"])(.*)\\1$", "$2"))
                .toList();
    }
}
