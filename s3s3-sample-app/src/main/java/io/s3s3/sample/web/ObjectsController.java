package io.s3s3.sample.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.s3s3.FailoverS3Operations;
import io.s3s3.event.RequestCompleted;
import io.s3s3.failure.Failure;
import io.s3s3.failure.FailureKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Stores, reads, lists and deletes objects, as if there were one location. Only the
 * header {@value #LOCATION} shows that there are two. A key is the rest of the path, or
 * the parameter {@code key}, which holds any key: browsers resolve {@code ..} in a path.
 */
@RestController
@RequestMapping("/objects")
class ObjectsController {

	/**
	 * The header that says which location served the call: {@value}.
	 */
	static final String LOCATION = "X-S3s3-Location";

	private static final int MAX_KEYS = 1000;

	private final FailoverS3Operations s3;

	ObjectsController(FailoverS3Operations s3) {
		this.s3 = s3;
	}

	@PutMapping("/{*path}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void put(@PathVariable String path, @RequestParam(name = "key", required = false) @Nullable String named,
			HttpServletRequest content, HttpServletResponse answer) throws IOException {
		String key = keyOf(path, named);
		String type = typeToStore(content.getContentType()).toString();
		long length = Math.max(content.getContentLengthLong(), 0);
		s3(answer).putObject((request) -> request.key(key).contentType(type),
				RequestBody.fromInputStream(content.getInputStream(), length));
	}

	// As an attachment, so that what somebody stored never runs as a page of this
	// application.
	@GetMapping("/{*path}")
	ResponseEntity<InputStreamResource> get(@PathVariable String path,
			@RequestParam(name = "key", required = false) @Nullable String named, HttpServletResponse answer) {
		String key = keyOf(path, named);
		ResponseInputStream<GetObjectResponse> object = s3(answer).getObject((request) -> request.key(key));
		String name = key.substring(key.lastIndexOf('/') + 1);
		return ResponseEntity.ok()
			.contentType(mediaType(object.response().contentType()))
			.contentLength(object.response().contentLength())
			.headers((headers) -> headers
				.setContentDisposition(ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build()))
			.body(new InputStreamResource((InputStream) object));
	}

	@GetMapping(params = "!key")
	ObjectsPage list(@RequestParam(defaultValue = "") String prefix, HttpServletResponse answer) {
		return ObjectsPage.of(s3(answer).listObjects((request) -> request.prefix(prefix)));
	}

	@DeleteMapping("/{*path}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String path, @RequestParam(name = "key", required = false) @Nullable String named,
			HttpServletResponse answer) {
		String key = keyOf(path, named);
		s3(answer).deleteObject((request) -> request.key(key));
	}

	@PostMapping("/delete")
	DeletedObjects delete(HttpEntity<List<String>> keys, HttpServletResponse answer) {
		List<String> requested = keys.getBody();
		if (requested == null || requested.isEmpty() || requested.size() > MAX_KEYS) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Name at least one key, and at most " + MAX_KEYS);
		}
		Delete delete = Delete.builder()
			.objects(requested.stream().map((key) -> ObjectIdentifier.builder().key(key).build()).toList())
			.build();
		return DeletedObjects.of(s3(answer).deleteObjects((request) -> request.delete(delete)));
	}

	// Events come on the thread that makes the call, so the answer is not yet sent.
	private FailoverS3Operations s3(HttpServletResponse answer) {
		return this.s3.on(RequestCompleted.class, (event) -> {
			if (event.getFailure().map(Failure::kind).orElse(FailureKind.EXPECTED) == FailureKind.EXPECTED) {
				answer.setHeader(LOCATION, event.getLocation().tag());
			}
		});
	}

	private static String keyOf(String path, @Nullable String named) {
		String key = (named != null) ? named : path.substring(Math.min(path.length(), 1));
		if (key.isEmpty()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Name a key, as in /objects/folder/file.txt");
		}
		return key;
	}

	// By default, curl declares any data to be a form.
	private static MediaType typeToStore(@Nullable String claimed) {
		MediaType type = mediaType(claimed);
		return MediaType.APPLICATION_FORM_URLENCODED.equalsTypeAndSubtype(type) ? MediaType.APPLICATION_OCTET_STREAM
				: type;
	}

	private static MediaType mediaType(@Nullable String contentType) {
		try {
			return (contentType != null) ? MediaType.parseMediaType(contentType) : MediaType.APPLICATION_OCTET_STREAM;
		}
		catch (InvalidMediaTypeException ex) {
			return MediaType.APPLICATION_OCTET_STREAM;
		}
	}

}
