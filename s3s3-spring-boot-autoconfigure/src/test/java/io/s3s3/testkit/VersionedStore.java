package io.s3s3.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.s3s3.testkit.StragglingEndpoint.Script;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket with versions answers that holds one key: each version has its own id for
 * content. As with Ceph, a 404 does not tell why. Thread-safe.
 */
public final class VersionedStore implements Script {

	private static final Pattern VERSION = Pattern.compile("[?&]versionId=([^ &]+)");

	private final String name;

	/** The last one first. */
	private final Deque<Version> versions = new ArrayDeque<>();

	private int written;

	/** How answers to deletions of versions end. */
	private volatile Answer.End end = Answer.End.CLOSE;

	/**
	 * Create an empty bucket.
	 * @param name what its version ids begin with
	 */
	public VersionedStore(String name) {
		this.name = name;
	}

	@Override
	public synchronized Answer answer(HttpRequest request, int number) {
		String line = request.lines().get(0);
		Matcher matcher = VERSION.matcher(line);
		String id = matcher.find() ? matcher.group(1) : null;
		return switch (request.method()) {
			case "PUT" -> write(false);
			case "DELETE" -> delete(id);
			default -> line.contains("versions") ? list() : read(id);
		};
	}

	private Answer write(boolean marker) {
		Version version = new Version("%s-%d".formatted(this.name, ++this.written), marker);
		this.versions.push(version);
		Answer answer = new Answer(marker ? 204 : 200, "x-amz-version-id: %s\r\n".formatted(version.id), "", 0,
				Answer.End.CLOSE);
		return marker ? answer.with("x-amz-delete-marker: true") : answer.with("ETag: \"%s\"".formatted(version.id));
	}

	private Answer delete(@Nullable String id) {
		if (id == null) {
			return write(true);
		}
		remove(id);
		return new Answer(204, "x-amz-version-id: %s\r\n".formatted(id), "", 0, this.end);
	}

	private Answer read(@Nullable String id) {
		Version version = this.versions.stream()
			.filter((each) -> id == null || each.id.equals(id))
			.findFirst()
			.orElse(null);
		if (version == null || version.marker) {
			return Answer.error(404, "NoSuchKey");
		}
		return new Answer(200, "ETag: \"%1$s\"\r\nx-amz-version-id: %1$s\r\n".formatted(version.id), version.id,
				version.id.length(), Answer.End.CLOSE);
	}

	private Answer list() {
		String entries = this.versions.stream()
			.map((version) -> "<%1$s><Key>key</Key><VersionId>%2$s</VersionId></%1$s>"
				.formatted(version.marker ? "DeleteMarker" : "Version", version.id))
			.collect(Collectors.joining());
		return Answer
			.success("<ListVersionsResult><Name>%s</Name>%s<IsTruncated>false</IsTruncated></ListVersionsResult>"
				.formatted(this.name, entries));
	}

	/**
	 * Delete a version for good, as somebody else does.
	 * @param id its id
	 */
	public synchronized void remove(String id) {
		this.versions.removeIf((version) -> version.id.equals(id));
	}

	/**
	 * Take what was written at another bucket last.
	 * @param other the bucket
	 */
	public synchronized void receiveLastOf(VersionedStore other) {
		this.versions.push(other.last());
	}

	private synchronized Version last() {
		return this.versions.getFirst();
	}

	/**
	 * Execute deletions of versions from now on, and reset the connection.
	 */
	public void loseAnswers() {
		this.end = Answer.End.RESET_AT_ONCE;
	}

	private record Version(String id, boolean marker) {

	}

}
