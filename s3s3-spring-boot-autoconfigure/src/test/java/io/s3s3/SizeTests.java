package io.s3s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.s3s3.testkit.ProductClasses;
import org.junit.jupiter.api.Test;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a reader has to keep in mind at once is small: the arguments of a constructor, the
 * lines of a method, and those of a test class.
 */
class SizeTests {

	private static final int ARGUMENTS = 5;

	private static final int LINES = 30;

	private static final int LINES_OF_TESTS = 300;

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Path TESTS = Path.of("src/test/java");

	@Test
	void constructorsTakeFewArguments() {
		List<String> wide = ProductClasses.all()
			.stream()
			.filter((type) -> !isBoundByName(type))
			.filter((type) -> type.getConstructors().stream().anyMatch(SizeTests::isWide))
			.map((type) -> ClassUtils.getShortName(type.getName()))
			.toList();

		assertThat(wide).isEmpty();
	}

	// Only the binder calls the constructor of properties, and it does so by name.
	private static boolean isBoundByName(JavaClass type) {
		return type.getSimpleName().endsWith("Properties");
	}

	// That of an enum has its name and its number too.
	private static boolean isWide(JavaCodeUnit constructor) {
		int hidden = constructor.getOwner().isEnum() ? 2 : 0;
		return constructor.getRawParameterTypes().size() - hidden > ARGUMENTS;
	}

	@Test
	void methodsAreShort() throws IOException {
		List<String> found = new ArrayList<>();
		for (Path file : files(SOURCES)) {
			found.addAll(longMethods(file));
		}

		assertThat(found).isEmpty();
	}

	@Test
	void testClassesAreShort() throws IOException {
		List<String> found = new ArrayList<>();
		for (Path file : files(TESTS)) {
			int lines = Files.readAllLines(file).size();
			if (lines > LINES_OF_TESTS) {
				found.add("%s: %d".formatted(file.getFileName(), lines));
			}
		}

		assertThat(found).isEmpty();
	}

	private static List<Path> files(Path root) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter((each) -> each.toString().endsWith(".java")).toList();
		}
	}

	/**
	 * Find the methods of a file that are too long. The formatter puts the brace that
	 * ends a method below where the method begins. What begins with "new" is a class.
	 */
	private static List<String> longMethods(Path file) throws IOException {
		List<String> found = new ArrayList<>();
		List<String> lines = Files.readAllLines(file);
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i);
			String indent = line.substring(0, line.length() - line.stripLeading().length());
			if (line.matches("\t+(?!.*\\brecord |.*\\bnew )[^\\s/*@}.].*\\(.*") && !line.endsWith(";")
					&& beginsBlock(lines, i)) {
				int end = i + lines.subList(i, lines.size()).indexOf(indent + "}");
				if (isMember(lines, i, indent) && end - i + 1 > LINES) {
					found.add(file.getFileName().toString().replace(".java", "#") + line.strip());
				}
			}
		}
		return found;
	}

	private static boolean beginsBlock(List<String> lines, int begin) {
		int i = begin;
		while (!lines.get(i).endsWith("{") && !lines.get(i).endsWith(";") && i < begin + 4) {
			i++;
		}
		return lines.get(i).endsWith(") {") || lines.get(i).matches(".*\\) throws [\\w, .]+ \\{");
	}

	private static boolean isMember(List<String> lines, int begin, String indent) {
		for (int i = begin - 1; i >= 0; i--) {
			String line = lines.get(i);
			boolean outer = line.startsWith(indent.substring(1)) && !line.startsWith(indent) && !line.isBlank();
			if (outer && line.endsWith("{")) {
				return line.matches(".*\\b(class|record|enum|interface)\\b.*")
						|| line.matches("\t*(implements|extends|permits) .*");
			}
		}
		return false;
	}

}
