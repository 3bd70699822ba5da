package io.s3s3.internal.upload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.s3s3.internal.io.ClientConfiguration;
import io.s3s3.internal.text.Printable;
import io.s3s3.location.Location;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;

/**
 * What is needed to abort a multipart upload. Contains no secrets. Immutable.
 *
 * @param place the endpoint or the region of its location, empty if the client does not
 * disclose it
 * @param bucket the bucket
 * @param key the key
 * @param uploadId its id
 */
record OpenUpload(String place, String bucket, String key, String uploadId) {

	private static final String BEGUN = "+";

	private static final String ENDED = "-";

	static OpenUpload of(Location location, AbortMultipartUploadRequest request) {
		return new OpenUpload(ClientConfiguration.placeOf(location.client()), request.bucket(), request.key(),
				request.uploadId());
	}

	boolean isAt(Location location) {
		return this.bucket.equals(location.bucket())
				&& this.place.equals(ClientConfiguration.placeOf(location.client()));
	}

	AbortMultipartUploadRequest abort(Location location) {
		return AbortMultipartUploadRequest.builder()
			.bucket(this.bucket)
			.key(this.key)
			.uploadId(this.uploadId)
			.expectedBucketOwner(location.expectedBucketOwner())
			.build();
	}

	String toLine() {
		return line(BEGUN, this.place, this.bucket, this.key, this.uploadId);
	}

	static String endOf(String uploadId) {
		return line(ENDED, uploadId);
	}

	private static String line(String kind, String... fields) {
		StringBuilder line = new StringBuilder(kind);
		for (String field : fields) {
			line.append(' ').append(Base64.getEncoder().encodeToString(field.getBytes(StandardCharsets.UTF_8)));
		}
		return line.append('\n').toString();
	}

	/**
	 * Read the open uploads.
	 * @param lines lines of uploads that began and ended; the last one may be truncated
	 * @return the uploads
	 * @throws IllegalArgumentException if these are not such lines
	 */
	static List<OpenUpload> read(String lines) {
		Map<String, OpenUpload> open = new LinkedHashMap<>();
		for (String line : lines.substring(0, lines.lastIndexOf('\n') + 1).lines().toList()) {
			String[] words = line.split(" ", -1);
			String[] fields = Arrays.stream(words).skip(1).map(OpenUpload::decoded).toArray(String[]::new);
			if (words[0].equals(BEGUN) && fields.length == 4) {
				open.put(fields[3], new OpenUpload(fields[0], fields[1], fields[2], fields[3]));
			}
			else if (words[0].equals(ENDED) && fields.length == 1) {
				open.remove(fields[0]);
			}
			else {
				throw new IllegalArgumentException("No journal of uploads");
			}
		}
		return List.copyOf(open.values());
	}

	private static String decoded(String field) {
		return new String(Base64.getDecoder().decode(field), StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return "upload %s of '%s' in the bucket %s (%s)".formatted(Printable.of(this.uploadId), Printable.of(this.key),
				Printable.of(this.bucket), Printable.of(this.place));
	}

}
