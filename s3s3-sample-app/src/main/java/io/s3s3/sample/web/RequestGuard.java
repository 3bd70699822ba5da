package io.s3s3.sample.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import io.s3s3.sample.SampleProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses requests that a page of another site makes in its visitor's browser, and those
 * that are too large. Being bound to loopback does not keep such pages out: the browser
 * runs on this machine. Clients other than browsers, such as curl, are allowed.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class RequestGuard extends OncePerRequestFilter {

	/**
	 * Size of the largest body that is not an object, enough for 1,000 keys.
	 */
	static final DataSize MAX_COMMAND_SIZE = DataSize.ofMegabytes(2);

	private final SampleProperties properties;

	private final HandlerExceptionResolver problems;

	RequestGuard(SampleProperties properties,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		this.properties = properties;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		ResponseStatusException refusal = refusalOf(request);
		if (refusal == null) {
			chain.doFilter(request, response);
		}
		else {
			this.problems.resolveException(request, response, null, refusal);
			// The answer comes first: the rest of the content is only read to be
			// discarded.
			response.flushBuffer();
		}
	}

	private @Nullable ResponseStatusException refusalOf(HttpServletRequest request) {
		if (!isForThisHost(request)) {
			return new ResponseStatusException(HttpStatus.FORBIDDEN,
					"The Host is none of " + this.properties.allowedHosts() + ", see sample.allowed-hosts");
		}
		if (!isOfThisOrigin(request)) {
			return new ResponseStatusException(HttpStatus.FORBIDDEN, "Pages of other origins may not call this one");
		}
		if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
			return new ResponseStatusException(HttpStatus.LENGTH_REQUIRED, "Send the Content-Length");
		}
		DataSize limit = request.getMethod().equals("PUT") ? this.properties.maxObjectSize() : MAX_COMMAND_SIZE;
		if (request.getContentLengthLong() > limit.toBytes()) {
			return new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE,
					"The content has more than the %d bytes that are allowed".formatted(limit.toBytes()));
		}
		return null;
	}

	// A name of another site that resolves to this machine lets that site's pages in.
	private boolean isForThisHost(HttpServletRequest request) {
		List<String> allowed = this.properties.allowedHosts();
		String host = request.getHeader(HttpHeaders.HOST);
		return host != null && allowed.contains(host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT));
	}

	private static boolean isOfThisOrigin(HttpServletRequest request) {
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		String host = request.getHeader(HttpHeaders.HOST);
		if (origin != null && !origin.equalsIgnoreCase("http://" + host)
				&& !origin.equalsIgnoreCase("https://" + host)) {
			return false;
		}
		String site = request.getHeader("Sec-Fetch-Site");
		return site == null || site.equals("same-origin") || site.equals("none") || isLink(request);
	}

	// What a link of another site opens replaces that site's page.
	private static boolean isLink(HttpServletRequest request) {
		return request.getMethod().equals("GET") && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
				&& "document".equals(request.getHeader("Sec-Fetch-Dest"));
	}

}
