package io.s3s3.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * README, or a page of the reference. Immutable.
 *
 * @param path where it is
 * @param text what it says, in Markdown
 */
record Page(Path path, String text) {

	private static final Path FOLDER = Path.of("docs");

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

	private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

	static Page readme() {
		return of(Path.of("..", "README.md"));
	}

	static Page named(String name) {
		return of(FOLDER.resolve(name));
	}

	static Page of(Path path) {
		try {
			return new Page(path, Files.readString(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Stream<Page> reference() throws IOException {
		try (Stream<Path> files = Files.list(FOLDER)) {
			return files.sorted().map(Page::of).toList().stream();
		}
	}

	static Stream<Page> all() throws IOException {
		return Stream.concat(Stream.of(readme()), reference());
	}

	/**
	 * Return the blocks of code in a language.
	 */
	List<String> blocks(String language) {
		return BLOCK.matcher(this.text)
			.results()
			.filter((block) -> block.group(1).equals(language))
			.map((block) -> block.group(2))
			.toList();
	}

	/**
	 * Return what is set as code within sentences and tables.
	 */
	List<String> code() {
		return CODE.matcher(prose()).results().map((code) -> code.group(1)).toList();
	}

	/**
	 * Return the anchors of the headings, as GitHub makes them.
	 */
	List<String> anchors() {
		return HEADING.matcher(prose())
			.results()
			.map((heading) -> heading.group(1).toLowerCase().replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
			.toList();
	}

	/**
	 * Return the rows of the first table that follows a heading, without its header.
	 */
	List<List<String>> table(String heading) {
		Matcher matcher = Pattern.compile("(?m)^#+ \\Q" + heading + "\\E$").matcher(this.text);
		if (!matcher.find()) {
			throw new IllegalStateException(this.path + " has no heading " + heading);
		}
		List<List<String>> rows = new ArrayList<>();
		for (String line : this.text.substring(matcher.end()).split("\n")) {
			if (line.startsWith("|")) {
				rows.add(Arrays.stream(line.substring(1, line.length() - 1).split("\\|")).map(String::strip).toList());
			}
			else if (!rows.isEmpty()) {
				break;
			}
		}
		return rows.subList(2, rows.size());
	}

	/**
	 * Return the text without its blocks of code.
	 */
	String prose() {
		return BLOCK.matcher(this.text).replaceAll((MatchResult block) -> "");
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
